package dev.fairlead.airflow.internal.render;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes Python literals, in ASCII, such that {@code ast.literal_eval} gives back exactly what went in. */
public final class Python {
    /** Python's own words, soft ones included: none may name a variable of ours. */
    static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "case",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "match",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "type",
            "while",
            "with",
            "yield",
            "_");

    /** What is said of a text that no file can hold. */
    public static final String NOT_ENCODABLE = "must not hold half a surrogate pair, which no UTF-8 file can hold";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int PIECE = 88;

    private Python() {}

    /** Tells whether a text is an ASCII name that is no keyword. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !KEYWORDS.contains(text);
    }

    /** Tells whether a text has no half of a surrogate pair. */
    public static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Writes a text. */
    public static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        escape(text, out);
        return out.append('"').toString();
    }

    /** Writes a text as pieces that Python joins, each at most a line long, cut after line ends and between characters. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder("\"");
        for (int i = 0; i < text.length(); ) {
            int codePoint = codePoint(text, i);
            i += Character.charCount(codePoint);
            escape(codePoint, piece);
            if (codePoint == '\n' || piece.length() >= PIECE || i >= text.length()) {
                pieces.add(piece.append('"').toString());
                piece = new StringBuilder("\"");
            }
        }
        return pieces.isEmpty() ? List.of("\"\"") : pieces;
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = codePoint(text, i);
            i += Character.charCount(codePoint);
            escape(codePoint, out);
        }
    }

    private static int codePoint(String text, int index) {
        int codePoint = text.codePointAt(index);
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("half a surrogate pair at " + index + " cannot be written");
        }
        return codePoint;
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    out.append((char) c);
                } else if (c <= 0xff) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", c));
                } else if (c <= 0xffff) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    out.append(String.format(Locale.ROOT, "\\U%08x", c));
                }
            }
        }
    }

    /** Writes a number, a boolean or nothing. */
    public static String scalar(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(number + " cannot be written as a literal");
            }
            return Double.toString(number);
        }
        if (value instanceof BigInteger
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return value.toString();
        }
        throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot be written as a literal");
    }

    /** A decimal beyond the range of a double would be read as infinity. */
    private static String decimal(BigDecimal decimal) {
        if (decimal.stripTrailingZeros().scale() <= 0 && decimal.precision() - decimal.scale() < 40) {
            return decimal.toBigInteger().toString();
        }
        return scalar(decimal.doubleValue());
    }
}
