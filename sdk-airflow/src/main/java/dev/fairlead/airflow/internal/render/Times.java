package dev.fairlead.airflow.internal.render;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Writes times and spans of time. */
final class Times {
    private Times() {}

    static Code duration(Duration duration, Imports imports) {
        List<Code.Argument> parts = new ArrayList<>();
        long micros = duration.toNanosPart() / 1000;
        if (duration.toSeconds() > 0 || micros == 0) {
            parts.add(new Code.Argument("seconds", new Code.Raw(String.valueOf(duration.toSeconds()))));
        }
        if (micros > 0) {
            parts.add(new Code.Argument("microseconds", new Code.Raw(String.valueOf(micros))));
        }
        return new Code.Call(imports.use("timedelta"), parts);
    }

    static long wholeSeconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() : duration.toSeconds() + 1;
    }

    static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    static Code instant(Instant instant, Imports imports) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        List<Code.Argument> parts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>(List.of(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1000));
        while (numbers.size() > 3 && numbers.get(numbers.size() - 1) == 0) {
            numbers.remove(numbers.size() - 1);
        }
        numbers.forEach(n -> parts.add(new Code.Argument("", new Code.Raw(String.valueOf(n)))));
        parts.add(new Code.Argument("tzinfo", new Code.Raw(imports.use("timezone") + ".utc")));
        return new Code.Call(imports.use("datetime"), parts);
    }
}
