package dev.fairlead.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.examples.flights.Evaluation.Confusion;
import dev.fairlead.examples.flights.FlightModel.Epoch;
import dev.fairlead.examples.flights.FlightsReport.Figure;
import dev.fairlead.examples.flights.FlightsReport.Task;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FlightsReportTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"&<img src=//evil>\u202Eflip\u0000\uD800";
    private static final List<Task> DAG = List.of(
            new Task("extract", "Pod", List.of(), "success"),
            new Task("train", "GPU pod", List.of("extract"), "success"),
            new Task("register", "Pod", List.of("train"), "failed"),
            new Task("deploy", "Pod", List.of("register", "extract"), "upstream_failed"));
    private final Locale before = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void html_usualRun_showsNumbersCurvesMatrixTasksAndPlaces() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

        String html = report("the embedded platform", "50,000", DAG, "http://127.0.0.1:5000/#/experiments/1")
                .html();

        assertThat(html)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("serves it, on the embedded platform.")
                .contains("<dt>Flights</dt><dd class=\"value\">50,000</dd><dd class=\"remark\">seeded</dd>")
                .contains("loss goes from 0.600 after epoch 1 to 0.400 after epoch 2.")
                .contains("<title>epoch 2: accuracy 0.8000</title>")
                .contains("<b>5,909</b><span>92.3 %</span>")
                .contains("<dt>Recall<span>of those late, were called late</span></dt><dd>0.682</dd>")
                .contains("train (GPU pod, success) after extract; register (Pod, failed) after train")
                .contains("\u2713 success", "\u2717 upstream_failed")
                .contains("<a href=\"http://127.0.0.1:5000/#/experiments/1\" rel=\"noreferrer\">");
    }

    @Test
    void html_anyRun_loadsNothingAndRunsNothing() {
        String html = report("real services", "1", DAG, "https://mlflow.example.org/x")
                .html();

        assertThat(html)
                .contains("default-src 'none'; style-src 'unsafe-inline'")
                .doesNotContain(
                        "<script", "<link", "<img", "<iframe", "<object", " src=", "@import", "url(", "xlink", "srcset")
                .contains("prefers-color-scheme: dark")
                .contains("name=\"viewport\"");
        assertThat(html.split("https?://"))
                .as("the address made, as link and as text, is the only one")
                .hasSize(3);
    }

    @Test
    void html_hostileNames_stayText() throws Exception {
        FlightsReport report = report(
                HOSTILE,
                HOSTILE,
                List.of(new Task(HOSTILE, HOSTILE, List.of(HOSTILE), HOSTILE)),
                "javascript:alert(1)");

        String html = Files.readString(report.writeTo(folder.resolve("deep/er/report.html")));

        assertThat(html)
                .doesNotContain("<script", "<img", "href=\"javascript", "\u202E", "\u0000")
                .contains(
                        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;&lt;img src=//evil&gt;\uFFFDflip\uFFFD\uFFFD")
                .contains("<td>javascript:alert(1)</td>");
        assertThat(Html.link("HTTPS://e.example/?q=\"><b>"))
                .isEqualTo("<a href=\"HTTPS://e.example/?q=&quot;&gt;&lt;b&gt;\" rel=\"noreferrer\">"
                        + "HTTPS://e.example/?q=&quot;&gt;&lt;b&gt;</a>");
    }

    @Test
    void html_svgs_areWellFormedNamedAndDescribed() throws Exception {
        Matcher svg = Pattern.compile("<svg .*?</svg>", Pattern.DOTALL)
                .matcher(report(HOSTILE, "1", List.of(new Task(HOSTILE, "a", List.of(), "")), "x")
                        .html());

        int images = 0;
        while (svg.find()) {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg.group())));
            boolean decoration = "true".equals(document.getDocumentElement().getAttribute("aria-hidden"));
            if (!decoration) {
                assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
                assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                        .isNotBlank();
                assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                        .isNotBlank();
                images++;
            }
        }
        assertThat(images)
                .as("two charts, the DAG for broad and for narrow pages")
                .isEqualTo(4);
    }

    @Test
    void html_cyclesAndStrangers_areDrawnAnyway() {
        List<Task> odd = List.of(
                new Task("a", "Pod", List.of("b"), "running"),
                new Task("b", "Pod", List.of("a"), "queued"),
                new Task("c", "Pod", List.of("nobody"), "skipped"));

        String html = report("x", "1", odd, "x").html();

        assertThat(html).contains("a (Pod, running) after b; b (Pod, queued) after a; c (Pod, skipped)");
        assertThat(report("x", "1", List.of(), "x").html()).doesNotContain("How it is retrained");
    }

    @Test
    void constructor_noEpoch_saysSo() {
        assertThatThrownBy(() -> new FlightsReport("x", List.of(), List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a report needs at least one epoch");
    }

    private static FlightsReport report(String platform, String flights, List<Task> dag, String where) {
        Confusion confusion = new Confusion(5_909, 490, 1_145, 2_456);
        return new FlightsReport(
                platform,
                List.of(new Figure("Flights", flights, "seeded"), new Figure("Seconds", "41.3", "")),
                List.of(
                        new Epoch(1, new Evaluation(0.6, 0.7, 0.75, confusion)),
                        new Epoch(2, new Evaluation(0.4, 0.8, Double.NaN, confusion))),
                dag,
                List.of(new Created("Experiment", platform, where)));
    }
}
