package dev.fairlead.airflow.internal.rest3;

import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.internal.rest.RestRuns;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the log of a try, one JSON object each line. The first group of lines tells where the server found the log, which may change. */
final class StructuredLog implements RestRuns.LogParser {
    private static final JsonCodec JSON = JsonCodec.snakeCase();
    private static final String SOURCES = "::group::Log message source details";
    private boolean first = true;
    private boolean inSources;

    @Override
    public void line(String text, Consumer<LogLine> out) {
        if (text.isBlank()) {
            return;
        }
        Map<String, Object> line;
        try {
            line = JSON.object(text.getBytes(StandardCharsets.UTF_8), "a line of a log");
        } catch (InvalidResponseException e) {
            out.accept(new LogLine(null, "", text)); // a handler of before Airflow 3 writes plain lines
            return;
        }
        String event = String.valueOf(line.get("event"));
        if (isSource(event)) {
            return;
        }
        Instant time =
                line.get("timestamp") instanceof String at ? Values.instant(at).orElse(null) : null;
        String level = line.get("level") instanceof String word ? word : "";
        out.accept(new LogLine(time, level, event));
        if (line.get("error_detail") instanceof List<?> errors) {
            errors.forEach(error -> error(error, time, level, out));
        }
    }

    private boolean isSource(String event) {
        boolean starts = first && event.startsWith(SOURCES);
        first = false;
        if (starts) {
            inSources = true;
            return true;
        }
        if (inSources) {
            inSources = !event.equals("::endgroup::");
            return true;
        }
        return false;
    }

    /** An exception comes apart from its line: its kind, its message and where it was. */
    private static void error(@Nullable Object error, @Nullable Instant time, String level, Consumer<LogLine> out) {
        if (!(error instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("frames") instanceof List<?> frames
                && !frames.isEmpty()
                && frames.get(frames.size() - 1) instanceof Map<?, ?> last) {
            out.accept(new LogLine(
                    time,
                    level,
                    "  File \"" + last.get("filename") + "\", line " + last.get("lineno") + ", in "
                            + last.get("name")));
        }
        out.accept(new LogLine(time, level, map.get("exc_type") + ": " + map.get("exc_value")));
    }
}
