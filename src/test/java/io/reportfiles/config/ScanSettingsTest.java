package io.reportfiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://clamd:1", "tcp://127.0.0.1:3310", "tcp://clamd:9999", "tcp://clamd:65535", "unix:/run/c"})
    void placeOfAScannerIsAccepted(String place) {
        assertThat(ScanSettings.CLAMD.parse(place)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://clamd",
                "tcp://clamd:0",
                "tcp://clamd:03310",
                "tcp://clamd:65536",
                "tcp://clamd:65540",
                "tcp://clamd:66000",
                "tcp://clamd:70000",
                "tcp://clamd:99999",
                "tcp://:3310",
                "unix:clamd",
                "clamd:3310"
            })
    void whatIsNoneIsRefusedAtStart(String place) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> ScanSettings.CLAMD.parse(place))
                .withMessageContaining("reportfiles.scan.clamd")
                .withMessageContaining(place);
    }
}
