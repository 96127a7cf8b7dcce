package io.reportfiles.config;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whether files are scanned for malware, and by whom.
 *
 * @param mode whether a file has to be scanned
 * @param clamd {@code tcp://host:port} or {@code unix:/path} of ClamAV's daemon
 * @param timeout how long it may do nothing
 * @param streamLimit the most bytes that it takes as one stream
 */
public record ScanSettings(Mode mode, String clamd, Duration timeout, long streamLimit) {

    /** What is done about malware. */
    public enum Mode {
        /** Files are not scanned. */
        OFF,
        /** A file that was not found clean does not become available. */
        REQUIRED
    }

    private static final String PORT =
            "(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])"; // 1 to 65535

    static final Setting<Mode> MODE = Setting.choice("reportfiles.scan.mode", Mode.class)
            .or("off")
            .meaning(
                    "Whether files are scanned for malware before they become available. With `required`, a file with a"
                            + " finding is answered 422, and as long as the scanner can't be reached every upload 503.");
    static final Setting<String> CLAMD = Setting.text(
                    "reportfiles.scan.clamd",
                    "tcp://[^/:]+:" + PORT + "|unix:/.+",
                    "`tcp://` with host and port, or `unix:` with an absolute path")
            .or("tcp://127.0.0.1:3310")
            .meaning("Where ClamAV's daemon listens: `TCPSocket` or `LocalSocket` of its configuration.");
    static final Setting<Duration> TIMEOUT = Setting.duration("reportfiles.scan.timeout", "1s", "1h")
            .or("2m")
            .meaning("How long the scanner may take for its answer, or do nothing.");
    static final Setting<Long> STREAM_LIMIT = Setting.bytes("reportfiles.scan.stream-limit", "1KiB", "4GiB")
            .or("100MiB")
            .meaning("The largest file that is scanned; larger ones are answered 413 where a scan is required. At most"
                    + " `StreamMaxLength` of the scanner's configuration, or its `MaxScanSize` and `MaxFileSize`,"
                    + " beyond which it looks at the beginning only.");

    static final List<Setting<?>> ALL = List.of(MODE, CLAMD, TIMEOUT, STREAM_LIMIT);

    static ScanSettings read(SettingsReader reader) {
        return new ScanSettings(reader.read(MODE), reader.read(CLAMD), reader.read(TIMEOUT), reader.read(STREAM_LIMIT));
    }

    /** The address of the scanner; its host is looked up now. */
    public SocketAddress address() {
        if (clamd.startsWith("unix:")) {
            return UnixDomainSocketAddress.of(clamd.substring("unix:".length()));
        }
        int colon = clamd.lastIndexOf(':');
        return new InetSocketAddress(
                clamd.substring("tcp://".length(), colon), Integer.parseInt(clamd.substring(colon + 1)));
    }
}
