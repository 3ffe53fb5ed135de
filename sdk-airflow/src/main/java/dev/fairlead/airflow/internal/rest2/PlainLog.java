package dev.fairlead.airflow.internal.rest2;

import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.internal.rest.RestRuns;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.error.InvalidResponseException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of a try as Airflow 2 writes it: the worker's name, a group of lines that tells where the log was found, then lines such as
 * {@code [2025-01-05T03:00:00.123+0000] {taskinstance.py:340} INFO - text}. What follows without such a start belongs to the line before.
 */
final class PlainLog implements RestRuns.LogParser {
    private static final Pattern START = Pattern.compile("\\[([^\\]\\s]+)\\] \\{[^}]*\\} ([A-Z]+) - (.*)");
    private static final Pattern SHORT_ZONE = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");
    private static final String SOURCES = "::group::Log message source details";

    private enum Part {
        HOST,
        SOURCES,
        LINES
    }

    private Part part = Part.HOST;
    private @Nullable Instant time;
    private String level = "";
    private int blanks;

    @Override
    public void line(String text, Consumer<LogLine> out) {
        if (part == Part.HOST) {
            part = Part.SOURCES;
            if (!text.contains(SOURCES)) {
                return; // the worker's name, which may be empty
            }
        }
        if (part == Part.SOURCES) {
            if (text.contains("::endgroup::")) {
                part = Part.LINES;
                return;
            }
            if (text.contains(SOURCES) || text.startsWith("***")) {
                return;
            }
            part = Part.LINES;
        }
        if (text.isBlank()) {
            blanks++; // the end of what is written so far is told as a blank line
            return;
        }
        for (; blanks > 0; blanks--) {
            out.accept(new LogLine(time, level, ""));
        }
        Matcher start = START.matcher(text);
        if (start.matches()) {
            time = time(start.group(1));
            level = start.group(2).toLowerCase(Locale.ROOT);
            out.accept(new LogLine(time, level, start.group(3)));
        } else {
            out.accept(new LogLine(time, level, text));
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return Values.instant(SHORT_ZONE.matcher(text).replaceFirst("$1:$2"))
                    .orElse(null);
        } catch (InvalidResponseException e) {
            return null; // the format of times is a setting of the server
        }
    }
}
