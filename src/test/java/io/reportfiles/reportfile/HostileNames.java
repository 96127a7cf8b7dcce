package io.reportfiles.reportfile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Names that some browser, proxy, server, file system or archive is known to treat in its own way. */
public final class HostileNames {

    private static final List<String> DEVICES = List.of(
            "con.csv",
            "CON",
            "Prn.txt",
            "AUX.tar.gz",
            "nul",
            "nul .csv",
            "COM0.csv",
            "com1",
            "Com9.x",
            "LPT1.csv",
            "lpt9",
            "LPT\u00B9.csv",
            "com\u00B2",
            "COM\u00B3.txt",
            "CONIN$",
            "conout$.csv",
            "CLOCK$.csv",
            "çon.csv",
            "ＣＯＮ.csv",
            "con:x.csv",
            "console.csv",
            "com10.csv",
            "lpt.csv");

    private static final List<String> SIGNS = List.of(
            "a:b.csv",
            "what?.csv",
            "a*b.csv",
            "<a>.csv",
            "a|b.csv",
            "\"",
            "a\"b.csv",
            "\"a\".csv",
            "a\\\"b.csv",
            "a'b.csv",
            "''",
            "`a`.csv",
            "$(id).csv",
            "a;b.csv",
            ";",
            "a; filename=x.html",
            "a&b=c.csv",
            "a=b.csv",
            "a#b.csv",
            "a%b.csv",
            "%",
            "100%.csv",
            "%41.csv",
            "%2541.csv",
            "%22.csv",
            "a%0Db%0Ac.csv",
            "%00.csv",
            "%FF.csv",
            "%2F.csv",
            "a+b.csv",
            "+",
            "a b+c.csv",
            "a  b.csv",
            "a,b.csv",
            "a@b.csv",
            "a!b.csv",
            "a~b.csv",
            "~$a.xlsx",
            "^a^.csv",
            "{a}.csv",
            "[a].csv",
            "(a).csv",
            "-rf",
            "--help.csv",
            "=1+1.csv",
            "@SUM(A1).csv",
            "!a.csv",
            "a$b.csv",
            "{{7*7}}.csv",
            "<script>alert(1)<script>.csv",
            "a.csv;.html",
            "a.csv\".html",
            "UTF-8''a.csv",
            "=?utf-8?B?YS5jc3Y=?=",
            "=?what?.csv",
            "a=?utf-8?Q?b?=c.csv",
            "' or 1=1 --.csv",
            "a${b}.csv",
            "a..b.csv",
            "a...b",
            ".hidden",
            "..a",
            "...csv",
            ".csv",
            "a.b.c.d",
            "a.CSV",
            "A.csv",
            "README",
            "ADS.E2J.FTP1.TS142",
            "x.ms01",
            "a.html",
            "a.svg",
            "a.csv.exe",
            "desktop.ini",
            "thumbs.db",
            "a.lnk",
            "_",
            "0",
            "latest",
            "v1",
            "null",
            "undefined",
            "true",
            "files.zip",
            "index.html",
            "web.xml",
            "a. csv",
            "a .csv",
            "a.c sv");

    private static final List<String> CHARACTERS = List.of(
            "Größe.csv",
            "GRÖSSE.csv",
            "größe.csv",
            "Gro\u0308\u00DFe.csv",
            "Zoe\u0308.csv",
            "\u0301a.csv",
            "e\u0301\u0301.csv",
            "İ.csv",
            "ı.csv",
            "ſ.csv",
            "ﬁ.csv",
            "Å.csv",
            "\u212B.csv",
            "\u2126.csv",
            "отчёт.csv",
            "報告書.pdf",
            "한글.csv",
            "\u1112\u1161\u11AB.csv",
            "مرحبا.csv",
            "שלום.csv",
            "می\u200Cخواهم.txt",
            "👩\u200D💻.txt",
            "📈.csv",
            "𝒳.csv",
            "\uFF0E\uFF0E\uFF0Fa.csv",
            "a\u2215b.csv",
            "a\u29F5b.csv",
            "a\u00A0b.csv",
            "a\u3000b.csv",
            "a\u2003b.csv",
            "\u201Ca\u201D.csv",
            "a\uFF02b.csv",
            "a\uFF1Ab.csv",
            "\uE000.csv",
            "\uFFFD.csv",
            "a\u0085b.csv");

    private static final List<String> REFUSED = List.of(
            "",
            " ",
            ".",
            "..",
            "...",
            "a/b.csv",
            "../a.csv",
            "/etc/passwd",
            "a\\b.csv",
            "..\\a.csv",
            "a.csv/",
            " a.csv",
            "a.csv ",
            "a.csv.",
            "a.csv. ",
            "\u00A0a.csv",
            "a\u3000",
            "a\tb.csv",
            "a\nb.csv",
            "a\rb.csv",
            "a\r\nSet-Cookie: a=b.csv",
            "\0.csv",
            "a\u007Fb.csv",
            "a\u202Efdp.csv",
            "\u2066a\u2069.csv",
            "\u200Ea.csv",
            "a\u200Bb.csv",
            "\uFEFFa.csv",
            "a\u00ADb.csv",
            "a\u2028b.csv",
            "a\u2029b.csv",
            "\uFFFE.csv",
            "\uFDD0.csv",
            "C:\\data\\",
            "C:/data/../a/");

    private static final List<String> LENGTHS = List.of(
            "a".repeat(251) + ".csv",
            "a".repeat(252) + ".csv",
            "報".repeat(85),
            "報".repeat(86),
            "報".repeat(200),
            "報".repeat(83) + "é.csv",
            "📈".repeat(63) + "abc",
            "📈".repeat(64),
            "nul." + "a".repeat(251),
            "e\u0301".repeat(127),
            "e\u0301".repeat(128),
            "a." + "b".repeat(253),
            "." + "a".repeat(254),
            ":".repeat(255));

    private static final List<String> PATHS =
            List.of("C:\\Users\\ann\\a.csv", "c:/data/a.csv", "\\\\server\\share\\a.csv", "C:a.csv", "a:\\con.csv");

    private HostileNames() {}

    /** All of them, each once. */
    public static List<String> all() {
        List<String> names = new ArrayList<>();
        List.of(DEVICES, SIGNS, CHARACTERS, REFUSED, LENGTHS, PATHS).forEach(names::addAll);
        return names;
    }

    /** Those of the list that are in order. */
    public static List<String> accepted() {
        return all().stream().filter(HostileNames::isAccepted).toList();
    }

    /** Whether it is a name, by the one function that says so. */
    public static boolean isAccepted(String sent) {
        try {
            return !FileName.parse(sent).value().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The list in pieces. */
    public static List<List<String>> inPiecesOf(List<String> names, int size) {
        return IntStream.iterate(0, at -> at < names.size(), at -> at + size)
                .mapToObj(at -> names.subList(at, Math.min(names.size(), at + size)))
                .toList();
    }
}
