package io.reportfiles.submission;

import io.reportfiles.config.SenderSettings;
import java.time.Duration;

/** What tests ask of senders. */
final class Paces {

    static final SenderSettings SETTINGS = new SenderSettings(9, 3, 1024, Duration.ofSeconds(10), Duration.ofHours(24));

    /** Any rate will do. */
    static final MinimumRate ANY =
            new MinimumRate(new SenderSettings(9, 3, 0, Duration.ofSeconds(10), Duration.ofHours(24)));

    private Paces() {}
}
