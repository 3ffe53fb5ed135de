package dev.fairlead.seldon.core2;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a model's memory as the operator does. It writes the amount anew in Kubernetes' shortest form first, and then takes fewer forms than
 * Kubernetes: what it is not sure to hold as whole bytes, it refuses.
 */
final class MemoryAmount {
    private static final Pattern FORM =
            Pattern.compile("\\+?([0-9]*(?:\\.[0-9]*)?)(?:([KMGTPE])i|([numkMGTPE])|[eE]([+-]?[0-9]{1,2}))?");
    private static final String BINARY = "KMGTPE";
    private static final String DECIMAL = "num kMGTPE";
    /** Digits it is sure of; a binary unit takes three of them for every 1024. */
    private static final int BINARY_DIGITS = 14;

    private static final int DECIMAL_DIGITS = 18;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigInteger KILO = BigInteger.valueOf(1000);

    private MemoryAmount() {}

    /** Returns the bytes; empty where the operator refuses the amount, or takes it for one that no server has. */
    static OptionalLong bytes(String quantity) {
        Matcher matcher = FORM.matcher(quantity);
        if (!matcher.matches() || !matcher.group(1).matches(".*[0-9].*")) {
            return OptionalLong.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            int power = BINARY.indexOf(matcher.group(2)) + 1;
            BigInteger bytes = number.multiply(new BigDecimal(KIBI.pow(power)))
                    .setScale(0, RoundingMode.CEILING)
                    .toBigInteger();
            int stripped = powersOf(KIBI, bytes);
            return stripped == 0 || digits(KIBI, bytes) + 3 * stripped <= BINARY_DIGITS
                    ? within(bytes)
                    : OptionalLong.empty();
        }
        BigDecimal bytes = number.scaleByPowerOfTen(exponent(matcher.group(3), matcher.group(4)));
        return bytes.stripTrailingZeros().scale() <= 0 ? within(bytes.toBigInteger()) : OptionalLong.empty();
    }

    private static int exponent(@Nullable String unit, @Nullable String power) {
        if (power != null) {
            return Integer.parseInt(power.replace("+", ""));
        }
        return unit == null ? 0 : 3 * (DECIMAL.indexOf(unit) - DECIMAL.indexOf(' '));
    }

    private static OptionalLong within(BigInteger bytes) {
        boolean held = bytes.bitLength() < Long.SIZE && digits(KILO, bytes) <= DECIMAL_DIGITS;
        return held ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty();
    }

    private static int powersOf(BigInteger base, BigInteger number) {
        int powers = 0;
        BigInteger rest = number;
        while (rest.signum() > 0 && rest.mod(base).signum() == 0) {
            rest = rest.divide(base);
            powers++;
        }
        return powers;
    }

    /** Returns how many digits are left when all powers of a number are taken out. */
    private static int digits(BigInteger base, BigInteger number) {
        return number.divide(base.pow(powersOf(base, number))).toString().length();
    }
}
