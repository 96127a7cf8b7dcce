package io.reportfiles.storage.s3;

import io.reportfiles.config.S3ClientSettings;
import io.reportfiles.config.S3Credentials;
import io.reportfiles.config.S3ObjectSettings.Checksums;
import io.reportfiles.config.S3Settings;
import io.reportfiles.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The SDK's client as configured, with everything that has to be closed with it. Connects to nothing by itself. */
final class S3Connection implements AutoCloseable {

    private final S3Settings settings;
    private final Region region;
    private final Deque<SdkAutoCloseable> closedInTurn = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, S3Connection::clockThread);
    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final S3Client client;
    private final RetryStrategy retries;
    private final S3Addresses addresses;

    S3Connection(S3Settings settings) {
        this.settings = settings;
        this.region = findRegion();
        clock.setRemoveOnCancelPolicy(true);
        opened(clock::shutdownNow);
        this.http = opened(httpBuilder().build());
        this.credentials = credentials(settings.credentials());
        this.client = opened(s3());
        this.retries = client.serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .orElseThrow();
        this.addresses = new S3Addresses(S3EndpointProvider.defaultProvider(), this::describe);
    }

    private static Thread clockThread(Runnable task) {
        Thread thread = new Thread(task, "s3-time-limits");
        thread.setDaemon(true);
        return thread;
    }

    S3Client client() {
        return client;
    }

    /** The connection pool that {@link #client} sends through, too. */
    SdkHttpClient http() {
        return http;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    /** The strategy that {@link #client} retries by, with the quota they share. */
    RetryStrategy retries() {
        return retries;
    }

    S3Addresses addresses() {
        return addresses;
    }

    /** Runs what ends requests that take too long. */
    ScheduledExecutorService clock() {
        return clock;
    }

    Duration callTimeout() {
        return settings.client().callTimeout();
    }

    Duration attemptTimeout() {
        return settings.client().attemptTimeout();
    }

    Optional<String> bucketOwner() {
        return settings.bucketOwner();
    }

    /** The region in use, found or configured. */
    String region() {
        return region.id();
    }

    @Override
    public void close() {
        while (!closedInTurn.isEmpty()) {
            closedInTurn.pop().close();
        }
    }

    private <T extends SdkAutoCloseable> T opened(T resource) {
        closedInTurn.push(resource);
        return resource;
    }

    private Region findRegion() {
        if (settings.region().isPresent()) {
            return Region.of(settings.region().get());
        }
        if (settings.endpoint().isPresent()) {
            return Region.US_EAST_1; // S3-compatible stores without regions answer to this one
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException nowhere) {
            return Region.US_EAST_1;
        }
    }

    private S3Client s3() {
        boolean always = settings.objects().checksums() == Checksums.WHEN_SUPPORTED;
        var builder = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(calls())
                .requestChecksumCalculation(
                        always ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                // the SDK would check whole objects only, while we read parts; the SHA-256 in our records covers both
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .useArnRegionEnabled(false)
                        .multiRegionEnabled(true)
                        // our bodies are in memory and can be hashed before they are sent: no need for a
                        // framing of their own, which some stores do not know
                        .chunkedEncodingEnabled(false)
                        .build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** What the rules about endpoints want to know, as the SDK's client tells them. */
    private void describe(S3EndpointParams.Builder parameters) {
        parameters
                .region(region)
                .useFips(FipsEnabledProvider.builder().build().isFipsEnabled().orElse(false))
                .useDualStack(DualstackEnabledProvider.builder()
                        .build()
                        .isDualstackEnabled()
                        .orElse(false))
                .forcePathStyle(settings.pathStyle())
                .accelerate(false)
                .useGlobalEndpoint(false)
                .disableMultiRegionAccessPoints(false)
                .useArnRegion(false)
                .disableS3ExpressSessionAuth(true); // signed like all others: no session has to be begun and renewed
        settings.endpoint().map(URI::toString).ifPresent(parameters::endpoint);
    }

    private Apache5HttpClient.Builder httpBuilder() {
        S3ClientSettings reach = settings.client();
        return Apache5HttpClient.builder()
                .maxConnections(reach.maxConnections())
                .connectionAcquisitionTimeout(reach.acquireTimeout())
                .connectionTimeout(reach.connectTimeout())
                .socketTimeout(reach.readTimeout())
                .connectionMaxIdleTime(reach.maxIdle())
                .tcpKeepAlive(true)
                .proxyConfiguration(proxy(reach.proxy()));
    }

    private static ProxyConfiguration proxy(Optional<S3ClientSettings.Proxy> configured) {
        var proxy = ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        configured.ifPresent(found -> {
            proxy.endpoint(found.address());
            // not only when the proxy asks: a request with a body is not sent twice for that
            found.user().ifPresent(user -> proxy.username(user).preemptiveBasicAuthenticationEnabled(true));
            found.password().map(Secret::value).ifPresent(proxy::password);
        });
        return proxy.build();
    }

    private ClientOverrideConfiguration calls() {
        S3ClientSettings reach = settings.client();
        RetryMode mode = switch (reach.retryMode()) {
            case STANDARD -> RetryMode.STANDARD;
            case ADAPTIVE -> RetryMode.ADAPTIVE_V2;
            case LEGACY -> RetryMode.LEGACY;
        };
        var calls = ClientOverrideConfiguration.builder()
                .scheduledExecutorService(clock)
                .apiCallTimeout(reach.callTimeout())
                .apiCallAttemptTimeout(reach.attemptTimeout())
                .retryStrategy(AwsRetryStrategy.forRetryMode(mode).toBuilder()
                        .maxAttempts(reach.maxAttempts())
                        .build());
        settings.bucketOwner().ifPresent(owner -> calls.putHeader("x-amz-expected-bucket-owner", owner));
        return calls.build();
    }

    private AwsCredentialsProvider credentials(S3Credentials configured) {
        AwsCredentialsProvider source = source(configured.source());
        if (configured.role().isEmpty()) {
            return source;
        }
        S3Credentials.Role role = configured.role().get();
        var sts = StsClient.builder().region(region).credentialsProvider(source).httpClientBuilder(httpBuilder());
        role.endpoint().ifPresent(sts::endpointOverride);
        StsClient client = opened(sts.build());
        return opened(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client)
                .refreshRequest(request -> {
                    request.roleArn(role.arn()).roleSessionName(role.sessionName());
                    role.externalId().ifPresent(request::externalId);
                })
                .build());
    }

    private AwsCredentialsProvider source(S3Credentials.Source configured) {
        if (configured instanceof S3Credentials.Keys keys) {
            String accessKey = keys.accessKey().value();
            String secretKey = keys.secretKey().value();
            return StaticCredentialsProvider.create(keys.sessionToken()
                    .<AwsCredentials>map(token -> AwsSessionCredentials.create(accessKey, secretKey, token.value()))
                    .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey)));
        }
        return configured instanceof S3Credentials.Profile profile
                ? opened(ProfileCredentialsProvider.create(profile.name()))
                : opened(DefaultCredentialsProvider.builder().build());
    }
}
