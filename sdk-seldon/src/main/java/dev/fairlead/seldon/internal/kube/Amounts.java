package dev.fairlead.seldon.internal.kube;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds up amounts of resources by name. */
public final class Amounts {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,9})?)([numkMGTPE]?)(i?)");
    private static final String SMALL = "num";
    private static final String LARGE = "kMGTPE";

    private final Map<String, BigDecimal> amounts = new TreeMap<>();

    /** Reads a quantity; empty if it is none that we know. */
    public static Optional<BigDecimal> parse(@Nullable Object quantity) {
        Matcher matcher = FORM.matcher(String.valueOf(quantity));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix.isEmpty()) {
            return matcher.group(3).isEmpty() ? Optional.of(number) : Optional.empty();
        }
        if (SMALL.contains(suffix)) {
            return Optional.of(number.scaleByPowerOfTen(3 * (SMALL.indexOf(suffix) - SMALL.length())));
        }
        int power = LARGE.indexOf(suffix.equals("K") ? "k" : suffix) + 1;
        return Optional.of(
                matcher.group(3).isEmpty()
                        ? number.scaleByPowerOfTen(3 * power)
                        : number.multiply(BigDecimal.valueOf(1024).pow(power)));
    }

    /** Writes an amount as a person would. */
    public static String text(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    /** Adds each amount of a tree such as {@code {"cpu": "500m"}}, so many times; what cannot be read counts nothing. */
    public void add(Map<String, Object> tree, String prefix, int times) {
        tree.forEach((name, amount) ->
                parse(amount).ifPresent(n -> add(prefix + name, n.multiply(BigDecimal.valueOf(times)))));
    }

    /** Adds one amount. */
    public void add(String name, BigDecimal amount) {
        amounts.merge(name, amount, BigDecimal::add);
    }

    /** Returns an amount; 0 for one that was never added. */
    public BigDecimal get(String name) {
        return amounts.getOrDefault(name, BigDecimal.ZERO);
    }

    /** Returns the sums by name, in order. */
    public Map<String, BigDecimal> all() {
        return amounts;
    }
}
