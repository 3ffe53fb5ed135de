package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.Approval;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.TaskGroup;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the kinds of tasks do when a real Airflow runs them: one run of each DAG, looked at from all sides. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealKindsIT {
    private static final String ODD = EveryKind.ODD;
    private static final String RUN = "first";
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    private final Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();
    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();
    private Path file;
    private RealAirflow place;
    private AirflowClient airflow;
    private HttpServer service;
    private Operation<DagRun> choices;

    @BeforeAll
    void deliver() throws Exception {
        file = folder.resolve("there");
        place = RealAirflow.of(RealServers.airflow());
        airflow = place.client().build();
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
        airflow.connections()
                .ensure(ConnectionSpec.builder(id("http"), "http")
                        .host("127.0.0.1")
                        .schema("http")
                        .port(service.getAddress().getPort())
                        .build());
        airflow.connections().ensure(ConnectionSpec.builder(id("fs"), "fs").build());
        airflow.connections()
                .ensure(ConnectionSpec.builder(id("db"), "sqlite")
                        .host(folder.resolve("flights.db").toString())
                        .build());
        Files.writeString(folder.resolve("in.ipynb"), NOTEBOOK);
        for (Dag dag : List.of(child(), choices(), work(), question())) {
            deliveries.put(dag.id(), airflow.dags().deploy(dag));
        }
        deliveries.values().forEach(d -> d.await(AirflowContract.PARSED));
        choices = airflow.runs().trigger(id("choices"), t -> t.runId(RUN));
        airflow.runs().trigger(id("question"), t -> t.runId(RUN));
    }

    @AfterAll
    void leave() {
        if (service != null) {
            service.stop(0);
        }
        if (place != null) {
            deliveries.keySet().forEach(dag -> airflow.dags().undeploy(dag));
            airflow.connections().delete(id("http"));
            airflow.connections().delete(id("db"));
            airflow.connections().delete(id("fs"));
            place.close();
        }
    }

    private static String id(String name) {
        return AirflowContract.id("kinds_" + name);
    }

    private void answer(HttpExchange call) throws IOException {
        boolean early = call.getRequestURI().getPath().equals("/ready") && looks.incrementAndGet() < 3;
        byte[] said = JsonCodec.camelCase()
                .text(Map.of(
                        "query", String.valueOf(call.getRequestURI().getQuery()),
                        "header", String.valueOf(call.getRequestHeaders().getFirst("X-Odd"))))
                .getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(early ? 404 : 200, said.length);
        call.getResponseBody().write(said);
        call.close();
    }

    private static Dag child() {
        return Dag.builder(id("child"))
                .python("tell", p -> p.code("return context['dag_run'].conf"))
                .build();
    }

    private static Dag choices() {
        return Dag.builder(id("choices"))
                .putParam("go", false)
                .python("which", p -> p.code("return ['left', 'inside']"))
                .branch("by-output", b -> b.choice(TaskOutput.of("which")).addChoices("left", "right", "inside"))
                .empty("left")
                .empty("right")
                .addGroup(TaskGroup.builder("inside")
                        .branch(
                                "by-code",
                                b -> b.code("return 'inside.' + first")
                                        .putArgument("first", "a")
                                        .addChoices("a", "b"))
                        .empty("a")
                        .empty("b")
                        .build())
                .shortCircuit("go-on", s -> s.condition(Template.param("go")))
                .empty("never")
                .addEdge("go-on", "never")
                .latestOnly("latest")
                .empty("newest")
                .addEdge("latest", "newest")
                .build();
    }

    private Dag work() {
        return Dag.builder(id("work"))
                // a worker that a busy machine loses is no finding
                .retries(2, Duration.ofSeconds(1))
                .sensor(
                        "file",
                        s -> s.until(Until.file(file.toString()).connection(id("fs")))
                                .reschedules(true)
                                .pokeInterval(Duration.ofSeconds(2)))
                .sensor(
                        "time",
                        s -> s.until(Until.time(Template.of(
                                        "{{ (macros.datetime.utcnow() + macros.timedelta(seconds=20)).isoformat() }}")))
                                .deferrable(true))
                .sensor(
                        "service",
                        s -> s.until(Until.http("/ready").connection(id("http")))
                                .pokeInterval(Duration.ofSeconds(1)))
                .http(
                        "call",
                        h -> h.endpoint("/hello")
                                .method("GET")
                                .connection(id("http"))
                                .putData("q", "{{ 7*7 }}")
                                .putHeader("X-Odd", "{{ 7*7 }}")
                                .responseFilter("return response.json()"))
                .sql(
                        "rows",
                        s -> s.connection(id("db"))
                                .sql("create table if not exists flights (day text, delay int)")
                                .sql("insert into flights values (:day, 7)")
                                .sql("select day, delay, '{{ as it is }}' from flights")
                                .putParameter("day", ODD))
                .sql("many", s -> s.connection(id("db")).mapping(Mapping.over("sql", List.of("select 1", "select 2"))))
                .addEdge("rows", "many")
                .papermill(
                        "notebook",
                        p -> p.notebook(folder.resolve("in.ipynb").toString())
                                .result(folder.resolve("out.ipynb").toString())
                                .putParameter("text", ODD))
                .operator(
                        "check",
                        EveryKind.CHECK,
                        o -> o.putArgument("conn_id", id("db")).putArgument("sql", Template.of("select 1 as a")))
                .triggerDag(
                        "start",
                        t -> t.dagId(id("child"))
                                .runId(Template.of("of-{{ run_id }}"))
                                .putConf("odd", new Text(ODD))
                                .putConf("rows", TaskOutput.of("rows"))
                                .waits(true)
                                .pollInterval(Duration.ofSeconds(2))
                                .deferrable(true))
                .build();
    }

    private static Dag question() {
        return Dag.builder(id("question"))
                .approval(
                        "ask",
                        a -> a.subject(ODD)
                                .addOptions("go", "stop")
                                .putRoute("go", "going")
                                .putRoute("stop", "stopped"))
                .empty("going")
                .empty("stopped")
                .build();
    }

    private Map<String, String> states(String dag) {
        Map<String, String> states = new LinkedHashMap<>();
        for (TaskInstance task : airflow.runs().tasks(id(dag), RUN)) {
            states.merge(task.taskId(), task.state().value(), (a, b) -> a.equals(b) ? a : a + "," + b);
        }
        return states;
    }

    @Test
    @Proves({"airflow.branch", "airflow.kinds"})
    void choices_whatIsNotChosen_isSkipped() {
        choices.await(LONG);

        assertThat(states("choices"))
                .containsEntry("by-output", "success")
                .containsEntry("left", "success")
                .containsEntry("right", "skipped")
                .containsEntry("inside.by-code", "success")
                .containsEntry("inside.a", "success")
                .containsEntry("inside.b", "skipped")
                .containsEntry("go-on", "success")
                .containsEntry("never", "skipped")
                .containsEntry("newest", "success");
    }

    @Test
    @Proves({"airflow.sensors", "airflow.kinds", "airflow.operator", "airflow.trigger-dag"})
    void work_waitsCallsAndStarts() throws Exception {
        Operation<DagRun> work = airflow.runs().trigger(id("work"), t -> t.runId(RUN));
        Eventually.holds("rescheduled and deferred", LONG, () -> {
            states("work")
                    .forEach((task, state) ->
                            seen.computeIfAbsent(task, t -> new TreeSet<>()).add(state));
            return seen.getOrDefault("file", Set.of()).contains("up_for_reschedule")
                    && seen.getOrDefault("time", Set.of()).contains("deferred");
        });
        Files.writeString(file, "here");

        work.await(LONG);

        assertThat(new TreeSet<>(states("work").values()))
                .as(states("work").toString())
                .containsExactly("success");
        assertThat(looks.get()).as("asked again after 404").isGreaterThanOrEqualTo(3);
        assertThat(airflow.runs().output(id("work"), RUN, "call"))
                .hasValue(Map.of("query", "q={{+7*7+}}", "header", "{{ 7*7 }}")); // a space is a plus in a query
        assertThat(String.valueOf(airflow.runs().output(id("work"), RUN, "rows").orElseThrow()))
                .contains(ODD)
                .contains("7, {{ as it is }}");
        long many = 0;
        for (TaskInstance task : airflow.runs().tasks(id("work"), RUN)) {
            many += task.taskId().equals("many") ? 1 : 0;
        }
        assertThat(many).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("out.ipynb"))).contains("said: " + "{{ 7*7 }}");
        Map<?, ?> told = (Map<?, ?>)
                airflow.runs().output(id("child"), "of-" + RUN, "tell").orElseThrow();
        assertThat(told.get("odd")).isEqualTo(ODD);
        assertThat(String.valueOf(told.get("rows")))
                .as("the output of another task arrives as what it was")
                .contains("7, {{ as it is }}");
    }

    @Test
    @Proves("airflow.approval")
    void question_waitsAndTakesTheRouteAnswered() {
        Approval asked =
                Eventually.get("a question", LONG, () -> airflow.approvals().find(id("question"), RUN, "ask"));
        assertThat(asked.subject()).isEqualTo(ODD);
        assertThat(asked.options()).containsExactly("go", "stop");
        assertThat(states("question").get("ask")).isIn("awaiting_input", "running");

        airflow.approvals().answer(Eventually.settled(asked), "stop");

        airflow.runs().operation(id("question"), RUN).await(LONG);
        assertThat(states("question")).containsEntry("going", "skipped").containsEntry("stopped", "success");
    }

    private static final String NOTEBOOK = """
            {"cells": [
              {"cell_type": "code", "execution_count": null, "id": "a", "metadata": {"tags": ["parameters"]},
               "outputs": [], "source": ["text = ''"]},
              {"cell_type": "code", "execution_count": null, "id": "b", "metadata": {}, "outputs": [],
               "source": ["print('said: ' + text)"]}],
             "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                          "language_info": {"name": "python"}},
             "nbformat": 4, "nbformat_minor": 5}
            """;
}
