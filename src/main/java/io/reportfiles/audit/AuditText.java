package io.reportfiles.audit;

/** Makes what a client sent fit into a column of the ledger or the audit. */
final class AuditText {

    private AuditText() {}

    /** At most {@code max} characters, without the control characters that would forge lines of a listing. */
    static String cut(String text, int max) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= max ? plain : plain.substring(0, max);
    }
}
