package dev.fairlead.seldon.internal.kube;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes amounts as Kubernetes' own programs do: {@code 1000m} as {@code 1}, {@code 2048Mi} as {@code 2Gi}. An operator that writes an object
 * back writes its amounts so, and owns each that was written otherwise from then on.
 */
public final class Quantities {
    private static final Pattern FORM = Pattern.compile(
            "([+-]?)([0-9]{0,30}(?:\\.[0-9]{0,9})?)(?:([KMGTPE])i|([numkMGTPE])|([eE])([+-]?[0-9]{1,2}))?");
    private static final String BINARY = "KMGTPE";
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int PLAIN = 3;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final Set<String> AMOUNTS = Set.of("requests", "limits");
    private static final String SIZE = "sizeLimit";

    private Quantities() {}

    /** Writes every amount of a pod's tree anew: what containers request, and how large volumes may be. */
    public static void canonicalPod(Object tree) {
        if (tree instanceof List<?> list) {
            list.forEach(Quantities::canonicalPod);
        } else if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (AMOUNTS.contains(String.valueOf(key)) && value instanceof Map<?, ?> amounts) {
                    replaceAll(amounts);
                } else {
                    canonicalPod(value);
                }
            });
            replace(map, SIZE);
        }
    }

    private static void replaceAll(Map<?, ?> amounts) {
        Set.copyOf(amounts.keySet()).forEach(name -> replace(amounts, String.valueOf(name)));
    }

    /** Writes one amount anew, if it is there. */
    @SuppressWarnings("unchecked")
    public static void replace(Map<?, ?> map, String field) {
        Object value = map.get(field);
        if (value instanceof String || value instanceof Number) {
            ((Map<String, Object>) map).put(field, canonical(String.valueOf(value)));
        }
    }

    /** Writes an amount anew; one that we cannot read stays as it is. */
    public static String canonical(String quantity) {
        Matcher matcher = FORM.matcher(quantity);
        if (!matcher.matches() || !matcher.group(2).matches(".*[0-9].*")) {
            return quantity;
        }
        BigDecimal number =
                new BigDecimal(matcher.group(1).equals("-") ? "-0" + matcher.group(2) : "0" + matcher.group(2));
        if (matcher.group(3) != null) {
            return binary(number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(matcher.group(3)) + 1))));
        }
        if (matcher.group(5) != null) {
            return decimal(number.scaleByPowerOfTen(Integer.parseInt(matcher.group(6))), true, quantity);
        }
        int power = matcher.group(4) == null ? 0 : 3 * (DECIMAL.indexOf(matcher.group(4)) - PLAIN);
        return decimal(number.scaleByPowerOfTen(power), false, quantity);
    }

    private static String binary(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (!whole || number.abs().compareTo(new BigDecimal(KIBI)) < 0) {
            return decimal(number, false, number.toPlainString());
        }
        BigInteger left = number.toBigIntegerExact();
        int power = 0;
        while (power < BINARY.length() && left.mod(KIBI).signum() == 0) {
            left = left.divide(KIBI);
            power++;
        }
        return left + (power == 0 ? "" : BINARY.charAt(power - 1) + "i");
    }

    private static String decimal(BigDecimal number, boolean exponent, String otherwise) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = number.stripTrailingZeros();
        int power = Math.floorDiv(-stripped.scale(), 3) * 3;
        String digits = stripped.scaleByPowerOfTen(-power).toBigIntegerExact().toString();
        if (exponent) {
            return power == 0 ? digits : digits + "e" + power;
        }
        int index = power / 3 + PLAIN;
        return index < 0 || index >= DECIMAL.size() ? otherwise : digits + DECIMAL.get(index);
    }
}
