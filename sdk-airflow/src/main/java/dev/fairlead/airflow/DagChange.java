package dev.fairlead.airflow;

/**
 * Is one thing a delivery would change.
 *
 * @param kind whether it comes, goes or becomes other
 * @param place what it is, such as {@code task train}, {@code task train.retries}, {@code schedule} or {@code edge train >> report}
 * @param before the Python of it now; empty where it comes
 * @param after the Python of it then; empty where it goes
 * @param detail more for a reader: an operator, or the lines of a function that differ
 */
public record DagChange(Kind kind, String place, String before, String after, String detail) {
    private static final int SHOWN = 80;

    /** Says what becomes of a thing. */
    public enum Kind {
        /** It comes. */
        ADD("+"),
        /** It goes. */
        REMOVE("-"),
        /** It becomes other. */
        CHANGE("~");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /** Shows it on a line, such as {@code ~ task train.retries: 1 -> 2}; code that differs on more. */
    @Override
    public String toString() {
        String line = kind.sign + " " + place;
        if (detail.contains("\n") || detail.startsWith("- ") || detail.startsWith("+ ")) {
            return line + "\n    " + detail.replace("\n", "\n    ");
        }
        if (!detail.isEmpty()) {
            return line + " (" + detail + ")";
        }
        if (before.isEmpty() && after.isEmpty()) {
            return line;
        }
        return line + ": "
                + (before.isEmpty()
                        ? shown(after)
                        : after.isEmpty() ? shown(before) : shown(before) + " -> " + shown(after));
    }

    private static String shown(String code) {
        return code.length() <= SHOWN ? code : code.substring(0, SHOWN) + "…";
    }
}
