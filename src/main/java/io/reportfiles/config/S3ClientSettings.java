package io.reportfiles.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the store is reached.
 *
 * @param proxy an HTTP proxy in between, if any
 * @param maxConnections most connections at a time, for reading and writing together
 * @param acquireTimeout how long to wait for one of them to be free
 * @param connectTimeout how long to wait for a new one
 * @param readTimeout how long the store may be silent while it is answering or being read
 * @param maxIdle how long a connection is kept while nobody needs it
 * @param callTimeout how long a call may take with all its attempts, until its answer has begun
 * @param attemptTimeout how long one attempt may take, until its answer has begun
 * @param retryMode how attempts are spaced
 * @param maxAttempts number of attempts, the first included
 */
public record S3ClientSettings(
        Optional<Proxy> proxy,
        int maxConnections,
        Duration acquireTimeout,
        Duration connectTimeout,
        Duration readTimeout,
        Duration maxIdle,
        Duration callTimeout,
        Duration attemptTimeout,
        RetryMode retryMode,
        int maxAttempts) {

    /**
     * An HTTP proxy.
     *
     * @param address where it listens
     * @param user who we are to it, if it asks
     * @param password to go with the user
     */
    public record Proxy(URI address, Optional<String> user, Optional<Secret> password) {}

    /** How the SDK spaces its attempts. */
    public enum RetryMode {
        /** With growing pauses and a common retry quota. */
        STANDARD,
        /** As {@link #STANDARD}, and slowing down all calls when throttled. */
        ADAPTIVE,
        /** As older SDKs did. */
        LEGACY
    }

    static final Setting<URI> PROXY = Setting.address("reportfiles.s3.proxy")
            .meaning("HTTP proxy, for example `http://proxy:3128`. The JVM's proxy properties and the environment's are"
                    + " not used.");
    static final Setting<String> PROXY_USER = Setting.text(
                    "reportfiles.s3.proxy-user", "[^:\\p{Cntrl}]{1,256}", "a name without colon")
            .meaning("User at the proxy.");
    static final Setting<Secret> PROXY_PASSWORD =
            Setting.secret("reportfiles.s3.proxy-password").meaning("Password at the proxy.");
    static final Setting<Integer> MAX_CONNECTIONS = Setting.number("reportfiles.s3.max-connections", 1, 10_000)
            .or("128")
            .meaning("Size of the connection pool, shared by downloads and uploads.");
    static final Setting<Duration> ACQUIRE_TIMEOUT = Setting.duration("reportfiles.s3.acquire-timeout", "1ms", "5m")
            .or("5s")
            .meaning("How long to wait for a free connection of the pool.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration("reportfiles.s3.connect-timeout", "1ms", "5m")
            .or("5s")
            .meaning("How long to wait for a new connection to be accepted.");
    static final Setting<Duration> READ_TIMEOUT = Setting.duration("reportfiles.s3.read-timeout", "1ms", "1h")
            .or("30s")
            .meaning("How long the store may be silent in the middle of an exchange.");
    static final Setting<Duration> MAX_IDLE = Setting.duration("reportfiles.s3.max-idle", "1ms", "1h")
            .or("1m")
            .meaning("How long an unused connection is kept open.");
    static final Setting<Duration> CALL_TIMEOUT = Setting.duration("reportfiles.s3.call-timeout", "1ms", "1d")
            .or("5m")
            .meaning(
                    "How long one call may take with all its attempts: until the answer begins when reading, until a part"
                            + " is stored when writing.");
    static final Setting<Duration> ATTEMPT_TIMEOUT = Setting.duration("reportfiles.s3.attempt-timeout", "1ms", "1d")
            .or("2m")
            .meaning("How long one attempt of a call may take; leave time for a whole part on a slow line.");
    static final Setting<RetryMode> RETRY_MODE = Setting.choice("reportfiles.s3.retry-mode", RetryMode.class)
            .or("standard")
            .meaning("How the SDK spaces its attempts.");
    static final Setting<Integer> MAX_ATTEMPTS = Setting.number("reportfiles.s3.max-attempts", 1, 20)
            .or("3")
            .meaning("Attempts of one call, the first included.");

    static final List<Setting<?>> ALL = List.of(
            PROXY,
            PROXY_USER,
            PROXY_PASSWORD,
            MAX_CONNECTIONS,
            ACQUIRE_TIMEOUT,
            CONNECT_TIMEOUT,
            READ_TIMEOUT,
            MAX_IDLE,
            CALL_TIMEOUT,
            ATTEMPT_TIMEOUT,
            RETRY_MODE,
            MAX_ATTEMPTS);

    static S3ClientSettings read(SettingsReader reader) {
        return new S3ClientSettings(
                readProxy(reader),
                reader.read(MAX_CONNECTIONS),
                reader.read(ACQUIRE_TIMEOUT),
                reader.read(CONNECT_TIMEOUT),
                reader.read(READ_TIMEOUT),
                reader.read(MAX_IDLE),
                reader.read(CALL_TIMEOUT),
                reader.read(ATTEMPT_TIMEOUT),
                reader.read(RETRY_MODE),
                reader.read(MAX_ATTEMPTS));
    }

    private static Optional<Proxy> readProxy(SettingsReader reader) {
        Optional<URI> address = reader.find(PROXY);
        Optional<String> user = reader.find(PROXY_USER);
        Optional<Secret> password = reader.find(PROXY_PASSWORD);
        if (user.isPresent() != password.isPresent() || (user.isPresent() && address.isEmpty())) {
            throw new SettingsException("%s and %s belong together, and to %s; one is set without the other."
                    .formatted(PROXY_USER.name(), PROXY_PASSWORD.name(), PROXY.name()));
        }
        return address.map(found -> new Proxy(found, user, password));
    }
}
