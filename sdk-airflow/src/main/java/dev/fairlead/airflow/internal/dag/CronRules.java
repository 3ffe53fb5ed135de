package dev.fairlead.airflow.internal.dag;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Tells whether Airflow understands a cron expression: five fields, or a preset. */
public final class CronRules {
    private static final Set<String> PRESETS =
            Set.of("@hourly", "@daily", "@weekly", "@monthly", "@quarterly", "@yearly");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of the month", 1, 31, List.of()),
            new Field("month", 1, 12, MONTHS),
            new Field("day of the week", 0, 7, DAYS));
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");

    private CronRules() {}

    /** Returns the rule that is broken, if any. */
    public static Optional<String> check(String expression) {
        String text = expression.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("@")) {
            return PRESETS.contains(text)
                    ? Optional.empty()
                    : Optional.of("must be one of " + sorted() + " or five fields");
        }
        String[] fields = text.split("\\s+", -1);
        if (fields.length != FIELDS.size()) {
            return Optional.of("must have five fields (minute hour day month weekday), such as '0 3 * * *'");
        }
        for (int i = 0; i < fields.length; i++) {
            Field field = FIELDS.get(i);
            for (String part : fields[i].split(",", -1)) {
                if (!field.takes(part)) {
                    return Optional.of("must have a " + field.name() + " from " + field.low() + " to " + field.high()
                            + ", as number, range, list or step; '" + part + "' is none");
                }
            }
        }
        boolean special = fields[4].contains("l") || fields[4].contains("#");
        if (special && !fields[2].equals("*") && !fields[2].equals("?")) {
            return Optional.of(
                    "must not restrict the day of the month beside a last or n-th weekday: Airflow finds hardly any "
                            + "time for both");
        }
        boolean comes = CronTimes.of(text, ZoneOffset.UTC).next(Instant.EPOCH).isPresent();
        return comes ? Optional.empty() : Optional.of("must name a day that some year has");
    }

    private static String sorted() {
        return String.join(", ", PRESETS.stream().sorted().toList());
    }

    private record Field(String name, int low, int high, List<String> names) {
        boolean takes(String part) {
            String[] step = part.split("/", -1);
            if (step.length > 2 || (step.length == 2 && !isStep(step[1]))) {
                return false;
            }
            String range = step[0];
            if (range.equals("*") || (range.equals("?") && names.isEmpty() && low == 1) || special(range)) {
                return true;
            }
            String[] ends = range.split("-", -1);
            return ends.length <= 2
                    && IntStream.range(0, ends.length).allMatch(i -> value(ends[i]) >= 0)
                    && (ends.length == 1 || names == DAYS || value(ends[0]) <= value(ends[1]));
        }

        /** The last day of the month, the last or n-th weekday of it. */
        private boolean special(String range) {
            if (name.equals("day of the month")) {
                return range.equals("l");
            }
            return names == DAYS && range.matches("(l[0-7]|[0-7]l|([0-7]|sun|mon|tue|wed|thu|fri|sat)#[1-5])");
        }

        private static boolean isStep(String text) {
            return NUMBER.matcher(text).matches() && Integer.parseInt(text) > 0;
        }

        private int value(String text) {
            int named = names.indexOf(text);
            if (named >= 0) {
                return named + (names == MONTHS ? 1 : 0);
            }
            if (!NUMBER.matcher(text).matches()) {
                return -1;
            }
            int number = Integer.parseInt(text);
            return number >= low && number <= high ? number : -1;
        }
    }
}
