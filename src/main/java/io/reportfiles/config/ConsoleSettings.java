package io.reportfiles.config;

import java.time.Month;
import java.util.List;
import java.util.Optional;

/**
 * What people in front of a browser are told.
 *
 * @param contact whom to ask about permissions and files
 * @param fiscalYearStart the month in which a fiscal year begins; the year is named after the one in which it ends
 * @param publishAssets whether the console's own files are served from the bucket
 */
public record ConsoleSettings(Optional<String> contact, Month fiscalYearStart, boolean publishAssets) {

    static final Setting<String> CONTACT = Setting.text(
                    "reportfiles.console.contact", "[^\\p{Cntrl}]{1,200}", "1 to 200 characters on one line")
            .meaning("Whom people may ask, shown on pages that say no: a name, an address, a telephone number.");

    static final Setting<Integer> FISCAL_YEAR_START = Setting.number("reportfiles.console.fiscal-year-start", 1, 12)
            .or("10")
            .meaning("The month in which a fiscal year begins. Unless that is January, the year is named after the"
                    + " calendar year in which it ends. The console proposes periods from it.");

    static final Setting<Boolean> PUBLISH_ASSETS = Setting.flag("reportfiles.console.publish-assets")
            .or("false")
            .meaning("Whether the console's scripts, styles and pictures are stored in the bucket at start, below"
                    + " `console-assets/` and the hash of their content, and served from there. Where the store is away"
                    + " they come from the application itself, as they do without this.");

    static final List<Setting<?>> ALL = List.of(CONTACT, FISCAL_YEAR_START, PUBLISH_ASSETS);

    static ConsoleSettings read(SettingsReader reader) {
        return new ConsoleSettings(
                reader.find(CONTACT), Month.of(reader.read(FISCAL_YEAR_START)), reader.read(PUBLISH_ASSETS));
    }
}
