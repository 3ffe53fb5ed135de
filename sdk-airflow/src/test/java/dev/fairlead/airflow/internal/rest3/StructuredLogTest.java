package dev.fairlead.airflow.internal.rest3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructuredLogTest {
    private static List<LogLine> read(String text) {
        List<LogLine> lines = new ArrayList<>();
        StructuredLog log = new StructuredLog();
        text.lines().forEach(line -> log.line(line, lines::add));
        return lines;
    }

    @Test
    void line_ofAWholeLog_leavesOutWhereItWasFoundAndSpreadsTheException() {
        assertThat(read("""
                        {"timestamp": null, "event": "::group::Log message source details"}
                        {"timestamp": null, "event": "/logs/a.log"}
                        {"timestamp": null, "event": "::endgroup::"}
                        {"timestamp": "2026-01-05T08:00:00Z", "event": "hello", "level": "info"}
                        {"timestamp": "2026-01-05T08:00:01Z", "event": "Task failed", "level": "error", "error_detail": [{"exc_type": "ValueError", \
                        "exc_value": "no flights", "frames": [{"filename": "x.py", "lineno": 3, "name": "load"}]}]}
                        {"timestamp": null, "event": "::group::mine"}
                        not JSON
                        """))
                .containsExactly(
                        new LogLine(Instant.parse("2026-01-05T08:00:00Z"), "info", "hello"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "Task failed"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "  File \"x.py\", line 3, in load"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "ValueError: no flights"),
                        new LogLine(null, "", "::group::mine"),
                        new LogLine(null, "", "not JSON"));
    }
}
