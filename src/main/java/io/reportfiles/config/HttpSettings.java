package io.reportfiles.config;

import java.util.List;

/**
 * What stands between the application and its clients.
 *
 * @param proxies whose word on a client's address and scheme is believed
 */
public record HttpSettings(List<AddressRange> proxies) {

    static final Setting<List<AddressRange>> PROXIES = Setting.list(
                    "reportfiles.http.proxies",
                    "addresses and ranges such as `10.1.2.3, 10.2.0.0/16, fd00::/8`",
                    AddressRange::parse)
            .meaning(
                    "The reverse proxies in front. `X-Forwarded-For` and `X-Forwarded-Proto` are believed when they come"
                            + " from one of these and ignored otherwise. A proxy passes the `Host` on that the client sent.");

    static final List<Setting<?>> ALL = List.of(PROXIES);

    public HttpSettings {
        proxies = List.copyOf(proxies);
    }

    static HttpSettings read(SettingsReader reader) {
        return new HttpSettings(reader.find(PROXIES).orElse(List.of()));
    }

    /** Whether {@code address} is that of a proxy whose word counts. */
    public boolean isProxy(AddressRange.Address address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }
}
