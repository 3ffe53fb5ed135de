package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Airflow's own Python reads each kind of task in each dialect, and its operators build what was described. No server is needed for it. */
@RanOn("airflow 3.3.2")
class RealKindsPythonIT {
    private static final String ODD = EveryKind.ODD;

    @TempDir
    Path folder;

    @BeforeAll
    static void airflowIsThere() {
        RealServers.skipped(RealServers.Kind.AIRFLOW)
                .ifPresent(reason -> Assumptions.abort("Airflow 3.3.2 does not run here: " + reason));
    }

    private AirflowPython python() {
        return new AirflowPython(folder, Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "V3_4", mode = EnumSource.Mode.EXCLUDE)
    @Proves({"airflow.kinds", "airflow.operator", "airflow.branch", "airflow.sensors"})
    void everyKind_eachDialect_isParsedAndItsTextsArrive(Dialect dialect) throws Exception {
        List<Dag> dags = EveryKind.dags(dialect);
        for (Dag dag : dags) {
            python().write(dag, dialect);
        }

        Map<String, Object> said = python().check(dialect, expected(dialect));

        assertThat(said.get("errors")).isEqualTo(Map.of());
        assertThat(said.get("dags"))
                .isEqualTo(dags.stream().map(Dag::id).sorted().toList());
        assertThat(said.get("wrong")).isEqualTo(List.of());
        assertThat(said.get("stable"))
                .as("each parse gives the same DAG, so that no new version is made")
                .isEqualTo(true);
        Map<?, ?> edges = (Map<?, ?>) said.get("edges");
        for (Dag dag : dags) {
            assertThat(edges.get(dag.id()))
                    .as(dag.id())
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrderElementsOf(dag.taskIds().stream()
                            .flatMap(up -> dag.downstream(up).stream().map(down -> List.of(up, down)))
                            .toList());
        }
    }

    private static Map<String, Object> expected(Dialect dialect) {
        Map<String, Object> expected = new java.util.LinkedHashMap<>(Map.of(
                "decisions",
                Map.of("by-code", Map.of("op_kwargs", Map.of("which", ODD))),
                "sensors",
                Map.of(
                        "file", Map.of("filepath", ODD, "mode", "reschedule", "recursive", true),
                        "bash", Map.of("bash_command", "test -e " + ODD, "env", Map.of("ODD", ODD)),
                        "http",
                                Map.of(
                                        "endpoint", ODD,
                                        "request_params", Map.of("q", ODD),
                                        "headers", Map.of("X-Odd", ODD)),
                        "sql", Map.of("sql", "select 1 -- " + ODD, "parameters", Map.of("odd", ODD)),
                        "tasks",
                                Map.of(
                                        "external_task_ids", List.of("left", "right"),
                                        "allowed_states", List.of("success", "skipped"),
                                        "deferrable", true)),
                "services",
                Map.of(
                        "get", Map.of("endpoint", ODD, "data", Map.of("q", ODD), "headers", Map.of("X-Odd", ODD)),
                        "one", Map.of("sql", ODD, "autocommit", true),
                        "notebook", Map.of("parameters", Map.of("odd", ODD)),
                        "check", Map.of("sql", ODD)),
                "cluster",
                Map.of("pod", Map.of("container_logs", List.of("main", "side"), "reattach_on_restart", false))));
        if (dialect.atLeast(Dialect.V3_1)) {
            expected.put(
                    "approvals",
                    Map.of(
                            "approve", Map.of("subject", ODD, "body", ODD, "fail_on_reject", true),
                            "choose", Map.of("options", List.of("a", "b", "c"), "defaults", List.of("a", "b")),
                            "route", Map.of("options_mapping", Map.of("go", "inside", "stop", "end"))));
        }
        return expected;
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "V3_4", mode = EnumSource.Mode.EXCLUDE)
    @Proves({"airflow.pod", "airflow.spark", "airflow.job", "airflow.resource"})
    void objectsOfTheCluster_eachDialect_areBuiltAsDescribed(Dialect dialect) throws Exception {
        PodTask pod = RealTasksIT.podTask();
        Dag cluster = EveryKind.dags(dialect).stream()
                .filter(d -> d.id().equals("cluster"))
                .findFirst()
                .orElseThrow();
        python().write(cluster, dialect);
        python().write(
                        Dag.builder("pods")
                                .addTask(pod.with(p -> p.pod(pod.pod()).id("full")))
                                .build(),
                        dialect);

        Map<String, Object> said = python().built(dialect);

        assertThat(said.get("errors")).isEqualTo(Map.of());
        Map<?, ?> built = (Map<?, ?>) said.get("built");
        assertThat(Differences.of(pod.pod().toTree(), built.get("full"))).isEmpty();
        assertThat(Differences.of(
                        Map.of("spec", Map.of("containers", List.of(Map.of("name", "main", "image", "trainer:1")))),
                        built.get("pod")))
                .isEmpty();
        assertThat(Differences.of(
                        Map.of(
                                "spec",
                                Map.of(
                                        "completions", 3,
                                        "parallelism", 2,
                                        "backoffLimit", 0,
                                        "completionMode", "Indexed",
                                        "ttlSecondsAfterFinished", 3600,
                                        "template", EveryKind.pod().toTree())),
                        built.get("job")))
                .isEmpty();
        assertThat(Differences.of(
                        Map.of(
                                "metadata",
                                Map.of("labels", Map.of("kueue.x-k8s.io/queue-name", "gpu")),
                                "spec",
                                Map.of("suspend", true)),
                        built.get("queued")))
                .isEmpty();
        assertThat(Differences.of(application(), built.get("spark"))).isEmpty();
        assertThat(built.get("make"))
                .isEqualTo(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", "settings-20260131"),
                        "data",
                        Map.of("odd", ODD)));
        assertThat(Differences.of(
                        Map.of("spec", Map.of("entrypoint", "python " + ODD, "shutdownAfterJobFinishes", true)),
                        built.get("ray")))
                .isEmpty();
    }

    private static Map<String, Object> application() {
        return Map.of(
                "apiVersion",
                "sparkoperator.k8s.io/v1beta2",
                "kind",
                "SparkApplication",
                "spec",
                Map.of(
                        "type", "Python",
                        "image", "spark:3.5.6",
                        "arguments", List.of("conf.json", "2026-01-31"),
                        "sparkConf", Map.of("spark.odd", ODD),
                        "deps", Map.of("files", List.of("local:///a.json")),
                        "driver",
                                Map.of(
                                        "cores", 1,
                                        "coreRequest", "500m",
                                        "memory", "2g",
                                        "serviceAccount", "spark",
                                        "labels", Map.of("team", "ml")),
                        "executor",
                                Map.of(
                                        "cores",
                                        2,
                                        "memory",
                                        "4g",
                                        "instances",
                                        2,
                                        "gpu",
                                        Map.of("name", "nvidia.com/gpu", "quantity", 1))));
    }
}
