package dev.fairlead.kubernetes;

import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Kubernetes quantities such as {@code 500m}, {@code 16Gi} and {@code 1e3}. */
final class Quantities {
    private static final Pattern FORM =
            Pattern.compile("\\+?([0-9]{1,18}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})([A-Za-z]{0,2}|[eE][+-]?[0-9]{1,2})");
    private static final String DECIMAL = "kMGTPE";
    private static final String BINARY = "KMGTPE";

    private Quantities() {}

    /** Reads a quantity that is not negative; empty if it is none. */
    static Optional<BigDecimal> parse(@Nullable String text) {
        Matcher matcher = text == null ? null : FORM.matcher(text);
        if (matcher == null || !matcher.matches()) {
            return Optional.empty();
        }
        return factor(matcher.group(2)).map(f -> new BigDecimal(matcher.group(1)).multiply(f));
    }

    private static Optional<BigDecimal> factor(String suffix) {
        if (suffix.isEmpty()) {
            return Optional.of(BigDecimal.ONE);
        }
        if (suffix.matches("[eE][+-]?[0-9]+")) {
            return Optional.of(BigDecimal.ONE.scaleByPowerOfTen(
                    Integer.parseInt(suffix.substring(1).replace("+", ""))));
        }
        int decimal = DECIMAL.indexOf(suffix);
        if (suffix.length() == 1 && decimal >= 0) {
            return Optional.of(BigDecimal.ONE.scaleByPowerOfTen(3 * (decimal + 1)));
        }
        int binary = BINARY.indexOf(suffix.charAt(0));
        if (suffix.length() == 2 && binary >= 0 && suffix.charAt(1) == 'i') {
            return Optional.of(new BigDecimal(BigInteger.TWO.pow(10 * (binary + 1))));
        }
        return switch (suffix) {
            case "m" -> Optional.of(BigDecimal.ONE.scaleByPowerOfTen(-3));
            case "u" -> Optional.of(BigDecimal.ONE.scaleByPowerOfTen(-6));
            case "n" -> Optional.of(BigDecimal.ONE.scaleByPowerOfTen(-9));
            default -> Optional.empty();
        };
    }

    /** Checks an amount of CPU. */
    static void checkCpu(Problems at, String field, @Nullable String text) {
        Optional<BigDecimal> amount = parse(text);
        if (at.require(amount.isPresent(), field, "must be a quantity of CPU such as '500m' or '2'", text)) {
            BigDecimal milli = amount.orElseThrow().movePointRight(3).stripTrailingZeros();
            at.require(milli.scale() <= 0, field, "must not be finer than a thousandth of a CPU ('1m')", text);
        }
    }

    /** Checks a number of bytes, and knows the usual slips. */
    static void checkBytes(Problems at, String field, @Nullable String text) {
        Optional<BigDecimal> amount = parse(text);
        if (amount.isEmpty()) {
            String hint = text == null ? "" : hint(text);
            at.add(field, "must be a quantity of bytes such as '512Mi' or '16Gi'" + hint, text);
        } else if (amount.get().stripTrailingZeros().scale() > 0) {
            at.add(field, "must be whole bytes; 'm' means a thousandth, 'Mi' a mebibyte", text);
        }
    }

    private static String hint(String text) {
        Matcher slip = Pattern.compile("([0-9.]+) ?([kKmMgGtT])[bB]?").matcher(text);
        return slip.matches() ? " ('" + slip.group(1) + slip.group(2).toUpperCase(Locale.ROOT) + "i'?)" : "";
    }

    /** Adds a problem where a request is above its limit. */
    static void checkOrder(Problems at, String resource, @Nullable String request, @Nullable String limit) {
        Optional<BigDecimal> low = parse(request);
        Optional<BigDecimal> high = parse(limit);
        if (low.isPresent() && high.isPresent()) {
            at.require(
                    low.get().compareTo(high.get()) <= 0,
                    resource + "Request",
                    "must not be above the limit " + limit,
                    request);
        }
    }
}
