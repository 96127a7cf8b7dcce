package io.reportfiles.web;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reportfiles.config.AddressRange.Address;
import io.reportfiles.server.HostileText;
import io.reportfiles.web.http.AcceptHeader;
import io.reportfiles.web.text.PageTexts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Header fields of any request, and what sentences quote of them, that keep a careless parser busy. */
class LongFieldsTest {

    private static final int LENGTH = 65_536;

    /** Each text takes less than a millisecond; a quadratic parser takes seconds for one. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    @Test
    void mediaTypesAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    AcceptHeader.prefersHtml(text);
                }));
    }

    @Test
    void languagesAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    PageTexts.of(text);
                }));
    }

    @Test
    void addressesAreReadOrIgnored() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    Address.parse(text);
                }));
    }

    @Test
    void sentencesAreTranslatedOrNot() {
        assertTimeoutPreemptively(
                BOUND,
                () -> HostileText.of(LENGTH).forEach(text -> {
                    PageTexts.GERMAN.say("There is no region with the code " + text + ".");
                }));
    }
}
