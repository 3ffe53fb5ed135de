package dev.fairlead.airflow.internal.rest2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private static List<LogLine> read(String text) {
        List<LogLine> lines = new ArrayList<>();
        PlainLog log = new PlainLog();
        text.lines().forEach(line -> log.line(line, lines::add));
        return lines;
    }

    @Test
    void line_ofAWholeLog_leavesOutWhereItWasFound() {
        assertThat(read("""
                        worker-1
                         INFO - ::group::Log message source details
                        *** Found local files:
                        ***   * /logs/a.log
                         INFO - ::endgroup::
                        [2026-01-05T08:00:00.123+0000] {bash.py:10} INFO - hello
                        [2026-01-05T08:00:01.000+0000] {taskinstance.py:30} ERROR - Task failed with exception
                        Traceback (most recent call last):
                          File "x.py", line 3, in load

                        ValueError: no flights
                        """))
                .containsExactly(
                        new LogLine(Instant.parse("2026-01-05T08:00:00.123Z"), "info", "hello"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "Task failed with exception"),
                        new LogLine(
                                Instant.parse("2026-01-05T08:00:01Z"), "error", "Traceback (most recent call last):"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "  File \"x.py\", line 3, in load"),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", ""),
                        new LogLine(Instant.parse("2026-01-05T08:00:01Z"), "error", "ValueError: no flights"));
    }

    @Test
    void line_ofALogNotBegun_isNone() {
        assertThat(read("\n INFO - ::group::Log message source details\n*** nothing yet\n INFO - ::endgroup::\n\n"))
                .isEmpty();
        assertThat(read("worker-1\nan odd line\n")).extracting(LogLine::text).containsExactly("an odd line");
    }

    @Test
    void line_withATimeInAnotherForm_keepsTheText() {
        assertThat(read("worker-1\n INFO - ::endgroup::\n[05.01.2026] {a.py:1} INFO - hello\n"))
                .containsExactly(new LogLine(null, "info", "hello"));
    }
}
