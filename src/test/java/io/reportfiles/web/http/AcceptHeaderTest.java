package io.reportfiles.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html",
                "TEXT/HTML; charset=utf-8",
                "text/html, */*",
                "application/json;q=0.8, text/html;q=0.9",
                "application/json;q=0, text/html;q=0.001",
                "application/xhtml+xml"
            })
    void pageIsPreferredWhereItIsNamedAndWantedMore(String accept) {
        assertThat(AcceptHeader.prefersHtml(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "application/json",
                "image/png",
                "text/html;q=0",
                "text/html, application/json",
                "text/html;q=0.5, application/problem+json",
                "text/html;q=2",
                "text/html;q=-1",
                "text/html;q=",
                "text/html;q=abc",
                ";;;,,,",
                "text/htmlx"
            })
    void everythingElseGetsTheDocument(String accept) {
        assertThat(AcceptHeader.prefersHtml(accept)).isFalse();
    }
}
