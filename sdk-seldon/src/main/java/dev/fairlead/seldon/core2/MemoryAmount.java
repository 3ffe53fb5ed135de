package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.kube.Quantities;
import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a model's memory as the operator does. It writes the amount anew in Kubernetes' shortest form first, and then takes fewer amounts than
 * Kubernetes: what it is not sure to hold as whole bytes, it refuses.
 */
final class MemoryAmount {
    private static final Pattern WHOLE = Pattern.compile("([0-9]+)(?:([KMGTPE])i|([kMGTPE])|e([0-9]{1,2}))?");
    private static final String UNITS = "KMGTPE";
    /** Digits it is sure of; a binary unit takes three of them for every 1024. */
    private static final int BINARY_DIGITS = 14;

    private static final int DECIMAL_DIGITS = 18;

    private MemoryAmount() {}

    /** Returns the bytes; empty where the operator refuses the amount, or takes it for one that no server has. */
    static OptionalLong bytes(String quantity) {
        Matcher matcher = WHOLE.matcher(Quantities.canonical(quantity));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        int digits = matcher.group(1).length();
        BigInteger number = new BigInteger(matcher.group(1));
        if (matcher.group(2) != null) {
            int power = UNITS.indexOf(matcher.group(2)) + 1;
            return within(digits + 3 * power <= BINARY_DIGITS, number.shiftLeft(10 * power));
        }
        int zeros = 0;
        if (matcher.group(3) != null) {
            zeros = 3 * (UNITS.indexOf(matcher.group(3).replace('k', 'K')) + 1);
        } else if (matcher.group(4) != null) {
            zeros = Integer.parseInt(matcher.group(4));
        }
        return within(digits <= DECIMAL_DIGITS, number.multiply(BigInteger.TEN.pow(zeros)));
    }

    private static OptionalLong within(boolean sure, BigInteger bytes) {
        return sure && bytes.bitLength() < Long.SIZE ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty();
    }
}
