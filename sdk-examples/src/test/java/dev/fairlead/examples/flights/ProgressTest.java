package dev.fairlead.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Locale before = Locale.getDefault();
    private long now;

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void stage_plainStream_isOneAlignedLineEach() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        Progress progress = progress(9, false);

        progress.stage("Generate flights", stage -> {
            takes(0.34);
            stage.note("%,d rows, %.0f %% late", 50_000, 36.0);
            return null;
        });
        String trained = progress.stage("Train the model", stage -> {
            for (int epoch = 1; epoch <= 10; epoch++) {
                stage.at(epoch, 10);
            }
            takes(4.2);
            stage.note("10 epochs, accuracy %.3f", 0.8365);
            return "model";
        });
        progress.stage("A title that is much longer than the column it is given", stage -> {
            stage.note("done");
            return null;
        });

        assertThat(trained).isEqualTo("model");
        assertThat(text()).isEqualTo("""
                [1/9] Generate flights ............ 50,000 rows, 36 % late                                 0.3 s
                [2/9] Train the model ............. 10 epochs, accuracy 0.837                              4.2 s
                [3/9] A title that is much longer than the column it is given ... done                     0.0 s
                """);
    }

    @Test
    void stage_failure_hasItsLineAndIsThrownOn() {
        Progress progress = progress(2, false);

        assertThatThrownBy(() -> progress.stage("Deploy", stage -> {
                    stage.note("3 of 5 replicas");
                    throw new IllegalStateException("no node");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no node");

        assertThat(text()).isEqualTo("""
                [1/2] Deploy ...................... FAILED after: 3 of 5 replicas                          0.0 s
                """);
    }

    @Test
    void stage_terminal_movesABarAndLeavesTheSameLine() {
        Progress progress = progress(1, true);

        progress.stage("Train", stage -> {
            stage.at(6, 12);
            stage.note("12 epochs");
            return null;
        });

        String clear = "\r\u001b[K";
        assertThat(text().split("(?=\r)"))
                .containsExactly(
                        clear + "[1/1] Train ...",
                        clear + "[1/1] Train [############------------] 6/12",
                        clear + "[1/1] Train 12 epochs",
                        clear
                                + "[1/1] Train ....................... 12 epochs                                              0.0 s\n");
    }

    @Test
    void stage_plainStream_hasNoControlCharacter() {
        Progress progress = progress(1, false);

        progress.stage("Train", stage -> {
            stage.at(1, 0);
            stage.at(5, 3);
            return null;
        });

        assertThat(text()).doesNotContain("\u001b", "\r").hasLineCount(1);
    }

    @Test
    void watched_onlyATerminalOutsideCi_isTrue() {
        assertThat(Progress.watched(true, Map.of("TERM", "xterm-256color"))).isTrue();
        assertThat(Progress.watched(false, Map.of("TERM", "xterm-256color"))).isFalse();
        assertThat(Progress.watched(true, Map.of("TERM", "xterm", "CI", "true")))
                .isFalse();
        assertThat(Progress.watched(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Progress.watched(true, Map.of())).isFalse();
    }

    @Test
    void table_rows_areAlignedAndNeverBreakTheLine() {
        progress(1, false)
                .table(List.of(
                        new Created("Experiment", "7", "http://127.0.0.1:5000/#/experiments/7"),
                        new Created("Model version", "flights v3", "models:/flights@champion"),
                        new Created("DAG\n", "flights_retrain", "")));

        assertThat(text()).isEqualTo("""

                WHAT           ID               WHERE
                -------------  ---------------  -------------------------------------
                Experiment     7                http://127.0.0.1:5000/#/experiments/7
                Model version  flights v3       models:/flights@champion
                DAG            flights_retrain
                """);
    }

    private Progress progress(int stages, boolean live) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), stages, live, () -> now);
    }

    private void takes(double seconds) {
        now += (long) (seconds * 1e9);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
