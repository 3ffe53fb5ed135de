package dev.fairlead.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ties runs of DAGs to runs of MLflow; variables of Python tasks, by which it gets there; and what else is mapped or not. */
class MlflowLinkTest {
    private static final MlflowLink LINK = new MlflowLink("abc", "7");

    private static String rendered(Dag dag) {
        return dag.render(Dialect.V3_3).source();
    }

    @Test
    @Proves("airflow.mlflow-link")
    void link_isReadBackFromTheRun_andTheRunFromTheTags() {
        TriggerRequest request = TriggerRequest.builder().mlflow(LINK).build();
        DagRun run = DagRun.builder()
                .dagId("flights")
                .id("2025-01-05")
                .conf(request.conf())
                .logicalDate(Instant.parse("2025-01-05T00:00:00Z"))
                .build();

        assertThat(request.conf()).isEqualTo(Map.of("mlflow_run_id", "abc", "mlflow_experiment_id", "7"));
        assertThat(MlflowLink.of(run)).hasValue(LINK);
        assertThat(MlflowLink.tags(run))
                .isEqualTo(Map.of(
                        "airflow.dag_id", "flights",
                        "airflow.dag_run_id", "2025-01-05",
                        "airflow.logical_date", "2025-01-05T00:00:00Z"));
        assertThat(MlflowLink.operationId(MlflowLink.tags(run))).hasValue(run.operationId());
        assertThat(MlflowLink.of(run.with(r -> r.conf(Map.of())))).isEmpty();
        assertThat(MlflowLink.operationId(Map.of("airflow.dag_id", "flights"))).isEmpty();
    }

    @Test
    @Proves("airflow.mlflow-link")
    void variables_ofEveryKindOfTask_areEvaluatedParams() {
        String source = rendered(Dag.builder("flights")
                .mlflowParams()
                .python("train", p -> p.mlflowEnv().putArgument("rows", 5).code("""
                            # margin is kept
                            return rows
                        """))
                .bash("shell", b -> b.command("env").mlflowEnv())
                .pod("pod", p -> p.image("trainer:1").mlflowEnv())
                .build());

        assertThat(source)
                .contains("def run_train(environment, rows, **context):\n    import os\n\n    os.environ.update(")
                .contains("    # margin is kept\n    return rows\n")
                .contains("\"MLFLOW_RUN_ID\": \"{{ params['mlflow_run_id'] }}\"")
                .contains("\"MLFLOW_EXPERIMENT_ID\": \"{{ params['mlflow_experiment_id'] }}\"");
        assertThatThrownBy(() -> Dag.builder("flights")
                        .python("a", p -> p.code("pass").putEnv("A", "1").putArgument("environment", 1))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be named environment where there are variables");
    }

    @Test
    @Proves("airflow.mapping")
    void sensor_isMappedOverWhatEachInstanceHas_aChoiceIsNot() {
        Dag dag = Dag.builder("flights")
                .sensor(
                        "files",
                        s -> s.until(Until.file(Until.EACH).connection("fs"))
                                .reschedules(true)
                                .mapping(Mapping.over("path", List.of("/a", "/b"))))
                .build();

        assertThat(rendered(dag)).contains(".expand(filepath=[\"/a\", \"/b\"])").doesNotContain("each");
        assertThatThrownBy(() -> Dag.builder("flights")
                        .sensor("a", s -> s.until(Until.file("/a")).mapping(Mapping.over("path", List.of("/b"))))
                        .sensor("b", s -> s.until(Until.file(Until.EACH)))
                        .branch("c", b -> b.code("return 'a'").addChoices("a").mapping(Mapping.over("x", List.of(1))))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be set unless until says Until.EACH")
                .hasMessageContaining("must not be Until.EACH unless the task is mapped over path")
                .hasMessageContaining("Airflow skips nothing after a mapped choice");
    }
}
