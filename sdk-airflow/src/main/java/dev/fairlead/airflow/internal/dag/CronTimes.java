package dev.fairlead.airflow.internal.dag;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The times of a cron expression as Airflow reckons them: local time decides; a time that a change of the clock skips comes as much later, one that
 * comes twice is the second, unless the expression fires in every hour. A day fits when its date or its weekday does, where both are restricted.
 */
public final class CronTimes {
    private static final Map<String, String> PRESETS = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@quarterly", "0 0 1 */3 *",
            "@yearly", "0 0 1 1 *");
    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    /** As long as Airflow looks for a time before it fails. */
    private static final int MAX_DAYS = 50 * 366;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet dates;
    private final BitSet months;
    private final BitSet weekdays = new BitSet();
    private final boolean lastDate;
    private final BitSet lastWeekdays = new BitSet();
    private final BitSet nthWeekdays = new BitSet();
    private final boolean anyDate;
    private final boolean anyWeekday;
    private final ZoneId zone;

    private CronTimes(String[] fields, ZoneId zone) {
        this.zone = zone;
        minutes = set(fields[0], 0, 59, List.of());
        hours = set(fields[1], 0, 23, List.of());
        dates = set(fields[2].replace('?', '*'), 1, 31, List.of());
        lastDate = List.of(fields[2].split(",", -1)).contains("l");
        months = set(fields[3], 1, 12, MONTHS);
        for (String part : fields[4].replace('?', '*').split(",", -1)) {
            weekday(part);
        }
        anyDate = dates.cardinality() == 31;
        anyWeekday = weekdays.cardinality() == 7;
    }

    /** Reads an expression that {@link CronRules} has found right. */
    public static CronTimes of(String expression, ZoneId zone) {
        String text = expression.strip().toLowerCase(Locale.ROOT);
        return new CronTimes(PRESETS.getOrDefault(text, text).split("\\s+", -1), zone);
    }

    private void weekday(String part) {
        if (part.matches("l[0-7]|[0-7]l")) {
            lastWeekdays.set(Integer.parseInt(part.replace("l", "")) % 7);
        } else if (part.contains("#")) {
            String[] halves = part.split("#", -1);
            int day = DAYS.contains(halves[0]) ? DAYS.indexOf(halves[0]) : Integer.parseInt(halves[0]) % 7;
            nthWeekdays.set(day * 10 + Integer.parseInt(halves[1]));
        } else {
            BitSet days = set(part, 0, 7, DAYS);
            days.stream().forEach(d -> weekdays.set(d % 7));
        }
    }

    private static BitSet set(String field, int low, int high, List<String> names) {
        BitSet set = new BitSet();
        for (String part : field.split(",", -1)) {
            if (part.equals("l")) {
                continue;
            }
            String[] step = part.split("/", -1);
            String[] ends = step[0].split("-", -1);
            boolean all = step[0].equals("*");
            int from = all ? low : value(ends[0], names);
            int to = all || (ends.length == 1 && step.length == 2)
                    ? (names == DAYS && all ? 6 : high)
                    : value(ends[ends.length - 1], names);
            int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
            int span = from <= to ? to - from : 7 - from + to;
            for (int i = 0; i <= span; i += by) {
                set.set(from <= to ? from + i : (from + i) % 7);
            }
        }
        return set;
    }

    private static int value(String text, List<String> names) {
        int named = names.indexOf(text);
        return named >= 0 ? named : Integer.parseInt(text);
    }

    /** Returns the first time after an instant; empty where there is none. */
    public Optional<Instant> next(Instant after) {
        LocalDateTime local = after.atZone(zone).toLocalDateTime();
        Optional<LocalDateTime> next = nextLocal(local);
        if (hours.cardinality() == 24) {
            return next.map(n -> after.plus(Duration.between(local, n)));
        }
        return next.map(
                n -> ZonedDateTime.of(n, zone).withLaterOffsetAtOverlap().toInstant());
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        LocalDateTime start = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        LocalDate date = start.toLocalDate();
        LocalTime from = start.toLocalTime();
        for (int i = 0; i < MAX_DAYS; i++, date = date.plusDays(1), from = LocalTime.MIN) {
            if (!months.get(date.getMonthValue()) || !isDay(date)) {
                continue;
            }
            for (int hour = hours.nextSetBit(from.getHour()); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
                int minute = minutes.nextSetBit(hour == from.getHour() ? from.getMinute() : 0);
                if (minute >= 0) {
                    return Optional.of(date.atTime(hour, minute));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDate date) {
        boolean byDate = dates.get(date.getDayOfMonth()) || (lastDate && date.getDayOfMonth() == date.lengthOfMonth());
        int weekday = date.getDayOfWeek().getValue() % 7;
        boolean byWeekday = weekdays.get(weekday)
                || (lastWeekdays.get(weekday) && date.getDayOfMonth() > date.lengthOfMonth() - 7)
                || nthWeekdays.get(weekday * 10 + (date.getDayOfMonth() + 6) / 7);
        return (anyDate || anyWeekday) ? (byDate && byWeekday) : (byDate || byWeekday);
    }
}
