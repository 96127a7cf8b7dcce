package io.reportfiles.catalogue;

import java.text.Normalizer;

/**
 * What names of files look like: {@code *} stands for any number of characters, {@code ?} for one, and everything else for
 * itself, in upper or lower case.
 *
 * @param text in Unicode normalisation form C, as names are
 */
public record NamePattern(String text) {

    /** Any name. */
    static final String ANY = "*";

    /** What a pattern may hold: nothing that no name has. */
    static final String ACCEPTED = "[^/\\\\\\p{Cc}\\p{Cf}\\p{Cs}\\x{2028}\\x{2029}]{1,64}";

    /** Brings a pattern into the form that names have. */
    public NamePattern {
        text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Whether all of {@code name} looks so. Takes no more steps than the two lengths multiplied. */
    public boolean matches(String name) {
        int[] pattern = text.codePoints().toArray();
        int[] characters = name.codePoints().toArray();
        int at = 0;
        int star = -1; // the last one, which takes what no later part of the pattern does
        int taken = 0; // by the star, up to here
        for (int i = 0; i < characters.length; ) {
            if (at < pattern.length && pattern[at] == '*') {
                star = at++;
                taken = i;
            } else if (at < pattern.length && (pattern[at] == '?' || folded(pattern[at]) == folded(characters[i]))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at == pattern.length;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Of upper and lower case one; a letter of ASCII is never taken for one that only looks alike, such as a long s. */
    private static int folded(int character) {
        int folded = Character.toLowerCase(Character.toUpperCase(character));
        return folded <= 0x7f && character > 0x7f ? character : folded;
    }
}
