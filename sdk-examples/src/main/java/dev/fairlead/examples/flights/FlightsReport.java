package dev.fairlead.examples.flights;

import dev.fairlead.examples.flights.Evaluation.Confusion;
import dev.fairlead.examples.flights.FlightModel.Epoch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Is what there is to see when the program has run, as one HTML page that loads nothing: no script, no font, no image.
 *
 * @param platform where it ran, e.g. "the embedded platform"
 * @param figures the key numbers, four to six read well
 * @param epochs the history of the model, at least one; the last is the model
 * @param dag the tasks of the retraining
 * @param created what was made where
 */
public record FlightsReport(
        String platform, List<Figure> figures, List<Epoch> epochs, List<Task> dag, List<Created> created) {

    /** Copies the lists and insists on an epoch. */
    public FlightsReport {
        figures = List.copyOf(figures);
        epochs = List.copyOf(epochs);
        dag = List.copyOf(dag);
        created = List.copyOf(created);
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one epoch");
        }
    }

    /**
     * Is a key number.
     *
     * @param name what it counts
     * @param value as it is to be read
     * @param remark one short line below, or empty
     */
    public record Figure(String name, String value, String remark) {}

    /**
     * Is one task of a DAG and how it ended.
     *
     * @param id of the task
     * @param kind e.g. "GPU pod"
     * @param upstream the ids of the tasks before it
     * @param state as the server says, e.g. "success"; empty when it has none
     */
    public record Task(String id, String kind, List<String> upstream, String state) {}

    /**
     * Writes the page.
     *
     * @param file replaced; missing folders are made
     * @return the file
     * @throws IOException when it cannot be written
     */
    public Path writeTo(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.write(file, html().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the page. */
    public String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Flights on time</title>
                <style>
                """
                + stylesheet() + "</style>\n</head>\n<body>\n" + header() + "<main class=\"wide\">\n" + keyNumbers()
                + curves() + confusion() + retraining() + whatIsWhere() + "</main>\n" + footer() + "</body>\n</html>\n";
    }

    private String header() {
        return Html.fill("""
                <header>
                <div class="wide">
                <svg class="route" viewBox="0 0 330 130" aria-hidden="true">
                <path class="way" d="M14 112C80 20 220 6 312 62"/>
                <circle class="stop" cx="10" cy="118" r="6"/><circle class="stop" cx="318" cy="66" r="6"/>
                <path class="plane" transform="translate(176 37) rotate(2) scale(1.15)" d="M20 0C20-2 17-3 14-3L5-3L-6-16L-10-16L-4-3L-12-3L-16-8L-19-8L-17 0L-19 8L-16 8L-12 3L-4 3L-10 16L-6 16L5 3L14 3C17 3 20 2 20 0Z"/>
                </svg>
                <h1>Flights on time</h1>
                <p>One Java program made the data, trained the model, tracked and registered it, retrains it on a schedule and serves it, on %s.</p>
                </div>
                </header>
                """, Html.text(platform));
    }

    private String keyNumbers() {
        return figures.stream()
                .map(figure -> Html.fill(
                        "<div><dt>%s</dt><dd class=\"value\">%s</dd>%s</div>\n",
                        Html.text(figure.name()),
                        Html.text(figure.value()),
                        figure.remark().isEmpty()
                                ? ""
                                : "<dd class=\"remark\">" + Html.text(figure.remark()) + "</dd>"))
                .collect(Collectors.joining("", "<dl class=\"figures\">\n", "</dl>\n"));
    }

    private String curves() {
        LineChart loss = new LineChart("loss", "Loss by epoch", List.of(curve("loss", Evaluation::loss)));
        LineChart quality = new LineChart(
                "quality",
                "Accuracy and AUC by epoch",
                List.of(curve("accuracy", Evaluation::accuracy), curve("AUC", Evaluation::auc)));
        return Html.fill("""
                <section aria-labelledby="learning">
                <h2 id="learning">How it learned</h2>
                <p>Scores on flights held out, after each epoch; logged to MLflow as they came.</p>
                <div class="pair">
                <figure><figcaption>Logarithmic loss, lower is better</figcaption>
                %s
                </figure>
                <figure><figcaption>Accuracy and AUC, higher is better</figcaption>
                %s
                </figure>
                </div>
                </section>
                """, loss.svg(), quality.svg());
    }

    private LineChart.Curve curve(String name, ToDoubleFunction<Evaluation> score) {
        return new LineChart.Curve(
                name,
                epochs.stream()
                        .map(epoch -> score.applyAsDouble(epoch.scores()))
                        .toList());
    }

    private Evaluation scores() {
        return epochs.get(epochs.size() - 1).scores();
    }

    private String confusion() {
        Confusion c = scores().confusion();
        int onTime = c.onTimeSaidOnTime() + c.onTimeSaidLate();
        int late = c.lateSaidOnTime() + c.lateSaidLate();
        return Html.fill("""
                <section aria-labelledby="confusion">
                <h2 id="confusion">What it gets right and wrong</h2>
                <p>%,d flights held out, by what happened and what the model said.</p>
                <div class="pair">
                <table class="confusion">
                <caption>Share of each row</caption>
                <thead><tr><td></td><th scope="col">Said on time</th><th scope="col">Said late</th></tr></thead>
                <tbody>
                """, c.total())
                + "<tr><th scope=\"row\">Was on time</th>" + cell("right", c.onTimeSaidOnTime(), onTime)
                + cell("wrong", c.onTimeSaidLate(), onTime) + "</tr>\n<tr><th scope=\"row\">Was late</th>"
                + cell("wrong", c.lateSaidOnTime(), late) + cell("right", c.lateSaidLate(), late)
                + "</tr>\n</tbody>\n</table>\n<dl class=\"scores\">\n"
                + score("Accuracy", "called right", scores().accuracy())
                + score("Precision", "of those called late, were late", c.precision())
                + score("Recall", "of those late, were called late", c.recall())
                + score("AUC", "a late flight ranks above one on time", scores().auc())
                + "</dl>\n</div>\n</section>\n";
    }

    private static String cell(String look, int flights, int of) {
        double share = (double) flights / Math.max(1, of);
        return Html.fill(
                "<td class=\"%s\" style=\"--share:%.3f\"><b>%,d</b><span>%.1f %%</span></td>",
                look, share, flights, 100 * share);
    }

    private static String score(String name, String meaning, double value) {
        return Html.fill("<div><dt>%s<span>%s</span></dt><dd>%.3f</dd></div>\n", name, meaning, value);
    }

    private String retraining() {
        if (dag.isEmpty()) {
            return "";
        }
        return Html.fill(
                """
                <section aria-labelledby="dag">
                <h2 id="dag">How it is retrained</h2>
                <p>The DAG as Airflow ran it.</p>
                %s
                %s
                </section>
                """,
                new DagDrawing(dag, true).svg("dag-broad", "Retraining DAG"),
                new DagDrawing(dag, false).svg("dag-tall", "Retraining DAG"));
    }

    private String whatIsWhere() {
        return created.stream()
                .map(row -> Html.fill(
                        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td></tr>\n",
                        Html.text(row.what()), Html.text(row.id()), Html.link(row.where())))
                .collect(Collectors.joining("", """
                        <section aria-labelledby="created">
                        <h2 id="created">What was made where</h2>
                        <table class="created">
                        <thead><tr><th scope="col">What</th><th scope="col">Id</th><th scope="col">Where</th></tr></thead>
                        <tbody>
                        """, "</tbody>\n</table>\n</section>\n"));
    }

    private String footer() {
        return "<footer class=\"wide\">Written by FlightsOnTime. This page loads nothing from anywhere.</footer>\n";
    }

    private static String stylesheet() {
        try (InputStream css = FlightsReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css cannot be read", e);
        }
    }
}
