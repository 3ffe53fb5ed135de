package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.Operation;
import dev.fairlead.airflow.Approval;
import dev.fairlead.airflow.Backfill;
import dev.fairlead.airflow.BackfillSpec;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.XComKey;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The suite on the real server; and after it each operation that the server's own description lists has been called through the client. What the
 * server cannot do here is listed with its answer, so that neither a new operation nor a changed one passes unseen.
 */
@RanOn("airflow 3.3.2")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealEveryOperationIT extends OperationsContract {
    /** What has no good answer on this server, by the status it has. */
    private static final Map<String, Integer> REFUSED = Map.ofEntries(
            // nothing of the kind is here
            Map.entry("GET /assets/aliases/{}", 404),
            Map.entry("GET /connections/enqueue-test", 404),
            Map.entry("GET /importErrors/{}", 404),
            // no update waits for another
            Map.entry("DELETE /assets/{}/queuedEvents", 404),
            Map.entry("DELETE /dags/{}/assets/queuedEvents", 404),
            Map.entry("GET /dags/{}/assets/{}/queuedEvents", 404),
            Map.entry("DELETE /dags/{}/assets/{}/queuedEvents", 404),
            // the settings of this server
            Map.entry("POST /connections/test", 403),
            Map.entry("POST /connections/enqueue-test", 403),
            Map.entry("GET /config", 403),
            Map.entry("GET /config/section/{}/option/{}", 403),
            Map.entry("GET /dags/{}/dagRuns/{}/taskInstances/{}/externalLogUrl/{}", 400));

    private final List<String> failures = new ArrayList<>();

    @Override
    Place open() {
        return SurfaceReal.three();
    }

    /** What the server refuses is judged by its answer. */
    private void call(Runnable call) {
        try {
            call.run();
        } catch (MlPlatformException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    /** Stands last: what the suite called before counts. */
    @Test
    @Order(Integer.MAX_VALUE)
    @Proves("airflow.rest-whole")
    void everyOperation_ofTheServersOwnList_isCalled() {
        admin();
        assets();
        runsAndTasks();
        backfills();
        monitoring();
        dags();
        withoutType();

        Set<String> operations = operations();
        Set<String> called = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        List<String> byLiterals = operations.stream()
                .sorted(Comparator.comparingInt(
                        (String o) -> o.replaceAll("[^{]", "").length()))
                .toList();
        for (RecordedRequest request : place.requests("*")) {
            byLiterals.stream().filter(o -> fits(o, request)).findFirst().ifPresent(operation -> {
                called.add(operation);
                int status = request.status();
                if (status < 400 || REFUSED.getOrDefault(operation, 0) == status) {
                    answered.add(operation);
                }
            });
        }
        assertThat(operations).as("operations of 3.3.2").hasSize(128);
        assertThat(called).as("called").containsExactlyInAnyOrderElementsOf(operations);
        assertThat(answered)
                .as("answered as expected; failures were:\n" + String.join("\n", failures))
                .containsExactlyInAnyOrderElementsOf(operations);
    }

    /** What a typed call would make no sense for: pages for browsers, and an import error whose list has all there is. */
    private void withoutType() {
        call(() -> airflow.raw().text("GET", "importErrors/99999", null));
        for (String page : List.of("auth/login?next=/", "auth/logout")) {
            call(() -> place.client().build().raw().text("GET", page, null));
        }
    }

    private Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        tree(airflow.raw().get("/openapi.json").get("paths")).forEach((path, methods) -> {
            if (path.startsWith("/api/v2/")) {
                tree(methods).keySet().stream()
                        .filter(m ->
                                Set.of("get", "post", "put", "patch", "delete").contains(m))
                        .forEach(m -> operations.add(m.toUpperCase(Locale.ROOT) + " "
                                + path.substring("/api/v2".length()).replaceAll("\\{[^}]*\\}", "{}")));
            }
        });
        return operations;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Object tree) {
        return (Map<String, Object>) tree;
    }

    private static boolean fits(String operation, RecordedRequest request) {
        int space = operation.indexOf(' ');
        String path = "\\Q/api/v2" + operation.substring(space + 1).replace("{}", "\\E[^/]+\\Q") + "\\E";
        return request.method().equals(operation.substring(0, space)) && Pattern.matches(path, request.path());
    }

    private void admin() {
        String one = unique("one");
        airflow.pools().apply(one, 1);
        airflow.pools().apply(one, 2);
        airflow.pools().list().stream().findFirst();
        airflow.pools().delete(one);
        airflow.variables().apply(one, "1");
        airflow.variables().apply(one, "2");
        airflow.variables().list().stream().findFirst();
        airflow.variables().delete(one);
        ConnectionSpec connection =
                ConnectionSpec.builder(one, "http").host("a").build();
        airflow.connections().apply(connection);
        airflow.connections()
                .apply(ConnectionSpec.builder(one, "http").host("b").build());
        airflow.connections().list().stream().findFirst();
        call(() -> airflow.connections().test(connection));
        airflow.connections().delete(one);
    }

    private void assets() {
        airflow.assets().list().stream().findFirst();
        airflow.assets().aliases().stream().findFirst();
        airflow.assets().post(asset);
        airflow.assets().events(asset).stream().findFirst();
        airflow.assets().materialize(asset, r -> r.runId("made"));
        airflow.runs().cancel(id, "made");
        airflow.assets().queued(asset);
        airflow.assets().queuedFor(id);
        airflow.assets().forgetQueued(asset);
        airflow.assets().forgetQueuedFor(id);
        airflow.assets().upstreamEvents(id, "r1");
    }

    private void runsAndTasks() {
        // a mapped task is listed by what follows its log
        airflow.runs().followLog(id, "r1", "m", line -> {}).await(RUN);
        airflow.runs().previewMark(id, "r1", "m", 0, TaskState.FAILED);
        airflow.runs().attempt(id, "r1", "m", 0, 1);
        airflow.runs().tries(id, "r1", "m", 0);
        airflow.runs().markTask(id, "r1", "m", 0, TaskState.SKIPPED);
        airflow.runs().tries(id, "r1", "g.a");
        airflow.runs().note(id, "r1", "seen");
        airflow.runs().noteTask(id, "r1", "g.a", "seen");
        airflow.runs().preview(id, "r1", c -> {});
        airflow.runs().runNewTasks(id, "r1");
        airflow.runs().tasks(id, "r1").stream().findFirst();
        waitForMany();
        airflow.catalog().links(id, "r1", "g.a");
        airflow.catalog().blockers(id, "r1", "g.a");
        airflow.catalog().externalLog(id, "r1", "g.a", 1);
        XComKey key = XComKey.of(id, "r1", "g.a", "k");
        airflow.xcoms().set(key, 1);
        airflow.xcoms().set(key, 2);
        airflow.xcoms().find(key);
        airflow.xcoms().list(id, "r1", "g.a").stream().findFirst();
        airflow.xcoms().delete(key);
        answer();
        airflow.runs().list(id).stream().findFirst();
        assertThat(airflow.runs().deleteTask(id, "r1", "g.a")).isTrue();
    }

    private void answer() {
        Approval approval =
                Eventually.get("a question", RUN, () -> airflow.approvals().find(id, "r1", "ask"));
        airflow.approvals().pending().stream().findFirst();
        assertThat(airflow.approvals().find(id, "r1", "ask", -1, 1)).isPresent();
        airflow.approvals().answer(Eventually.settled(approval), "Yes");
        run.await(RUN);
    }

    /** Many runs that are waited for together are asked for in one call. */
    private void waitForMany() {
        List<CompletableFuture<DagRun>> together = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String runId = "waited" + i;
            together.add(airflow.runs().trigger(daily, t -> t.runId(runId)).completion(RUN));
        }
        Eventually.holds(
                "a call for all",
                RUN,
                () -> place.requests("*").stream().anyMatch(r -> r.path().endsWith("/dagRuns/list")));
        together.forEach(f -> f.cancel(false));
    }

    private void backfills() {
        Instant day = Instant.parse("2026-01-02T00:00:00Z");
        BackfillSpec spec =
                BackfillSpec.builder(daily).firstDate(day).lastDate(day).build();
        airflow.backfills().plan(spec);
        Operation<Backfill> started = airflow.backfills().create(spec);
        int number = Integer.parseInt(started.id());
        airflow.backfills().list(daily).stream().findFirst();
        airflow.backfills().pause(number);
        airflow.backfills().unpause(number);
        airflow.backfills().get(number);
        airflow.backfills().cancel(number);
    }

    private void monitoring() {
        place.client().build().server();
        airflow.monitoring().health();
        airflow.monitoring().providers().stream().findFirst();
        airflow.monitoring().plugins().stream().findFirst();
        airflow.monitoring().pluginProblems();
        call(() -> airflow.monitoring().config());
        call(() -> airflow.monitoring().config("core", "executor"));
        airflow.monitoring().jobs().stream().findFirst();
        airflow.monitoring().runCounts(id);
        airflow.monitoring().warnings().stream().findFirst();
        airflow.dags().importProblems().stream().findFirst();
    }

    private void dags() {
        // a file that is known is parsed soon
        airflow.dags().deploy(daily().with(d -> d.description("again"))).await(PARSED);
        airflow.dags().list().stream().findFirst();
        airflow.dags().source(id);
        airflow.dags().pause(id);
        airflow.dags().versions(id).stream().findFirst();
        airflow.catalog().tasks(id);
        airflow.catalog().task(id, "ask");
        airflow.catalog().tags().stream().findFirst();
        airflow.catalog().favorite(id);
        airflow.catalog().unfavorite(id);
        for (String dag : List.of(id, parts, daily)) {
            airflow.dags().undeploy(dag).await(Duration.ofMinutes(2));
        }
        airflow.dags().delete(daily);
    }
}
