package dev.fairlead.seldon.core2;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a model's memory as the operator does, which takes fewer amounts than Kubernetes: what it cannot hold as whole bytes, it refuses. */
final class MemoryAmount {
    private static final Pattern FORM =
            Pattern.compile("\\+?0*([0-9]*)(?:\\.([0-9]*))?(?:([KMGTPE])i|([numkMGTPE])|[eE]([+-]?[0-9]{1,3}))?");
    private static final String BINARY = "KMGTPE";
    private static final String DECIMAL = "num kMGTPE";
    /** Decimal digits that the operator's reading of binary units is sure of. */
    private static final int SURE_DIGITS = 14;

    private static final int MOST_DIGITS = 18;

    private MemoryAmount() {}

    /** Returns the bytes; empty where the operator refuses the amount, or takes it for one that no server has. */
    static OptionalLong bytes(String quantity) {
        Matcher matcher = FORM.matcher(quantity);
        if (!matcher.matches() || !quantity.matches(".*[0-9].*")) {
            return OptionalLong.empty();
        }
        String whole = matcher.group(1);
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        if (matcher.group(3) != null) {
            int bits = 10 * (BINARY.indexOf(matcher.group(3)) + 1);
            boolean sure = fraction.isEmpty() && whole.length() + bits * 3 / 10 <= SURE_DIGITS;
            return sure ? within(digits(whole).shiftLeft(bits)) : OptionalLong.empty();
        }
        int zeros = exponent(matcher.group(4), matcher.group(5)) - fraction.length();
        boolean sure = zeros >= 0 && zeros <= MOST_DIGITS && whole.length() + fraction.length() <= MOST_DIGITS;
        return sure ? within(digits(whole + fraction).multiply(BigInteger.TEN.pow(zeros))) : OptionalLong.empty();
    }

    private static int exponent(@Nullable String unit, @Nullable String power) {
        if (power != null) {
            return Integer.parseInt(power.replace("+", ""));
        }
        return unit == null ? 0 : 3 * (DECIMAL.indexOf(unit) - DECIMAL.indexOf(' '));
    }

    private static BigInteger digits(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static OptionalLong within(BigInteger bytes) {
        return bytes.bitLength() < Long.SIZE ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty();
    }
}
