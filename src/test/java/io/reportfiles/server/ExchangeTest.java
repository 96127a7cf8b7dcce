package io.reportfiles.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    @Test
    void recordingOfABrowserIsUnderstood() {
        List<Exchange> exchanges = Exchange.recorded("""
                {"log": {"version": "1.2", "entries": [
                  {"request": {"method": "POST", "url": "http://127.0.0.1:1/api/tokens",
                               "headers": [{"name": ":path", "value": "/api/tokens"},
                                           {"name": "cookie", "value": "report-files-session=1234"}]},
                   "response": {"status": 201,
                                "headers": [{"name": "Set-Cookie", "value": "a=1; HttpOnly\\nb=2; HttpOnly"}],
                                "content": {"size": 9, "mimeType": "application/json", "text": "{\\"id\\": 1}"}}},
                  {"request": {"method": "GET", "url": "http://127.0.0.1:1/logo.png", "headers": []},
                   "response": {"status": 200, "headers": [],
                                "content": {"mimeType": "image/png", "encoding": "base64", "text": "AAAA"}}},
                  {"request": {"method": "GET", "url": "http://127.0.0.1:1/gone", "headers": []},
                   "response": {"status": -1, "headers": [], "content": {"size": -1}}}]}}
                """);

        assertThat(exchanges).extracting(Exchange::status).containsExactly(201, 200, -1);
        Exchange first = exchanges.get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.uri()).hasPath("/api/tokens");
        assertThat(first.request().allValues("Cookie")).containsExactly("report-files-session=1234");
        assertThat(first.answer().allValues("Set-Cookie")).containsExactly("a=1; HttpOnly", "b=2; HttpOnly");
        assertThat(first.body()).isEqualTo("{\"id\": 1}");
        assertThat(exchanges.get(1).body()).isEmpty();
        assertThat(exchanges.get(2).body()).isEmpty();
    }
}
