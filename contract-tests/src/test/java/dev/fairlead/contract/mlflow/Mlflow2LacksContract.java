package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.traces.AssessmentSource;
import dev.fairlead.mlflow.webhooks.WebhookEvent;
import dev.fairlead.support.Proves;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What MLflow 2 does not have is refused with its name and version, before it is asked. */
abstract class Mlflow2LacksContract extends MlflowContract {
    @Test
    @Proves("mlflow.unsupported")
    void genAi_onMlflow2_isRefusedBeforeAnyRequest() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put(
                "webhooks",
                () -> mlflow.webhooks()
                        .create(w -> w.name("w").url("https://host/x").addEvent(WebhookEvent.PROMPT_CREATED)));
        calls.put("webhooks;", () -> mlflow.webhooks().list().stream().toList());
        calls.put("reading the spans of a trace", () -> mlflow.traces().get("tr-1"));
        calls.put("changing traces", () -> mlflow.traces().setTag("tr-1", "a", "b"));
        calls.put(
                "traces;",
                () -> mlflow.traces()
                        .search(q -> q.addExperiment(experiment))
                        .iterator()
                        .next());
        calls.put(
                "traces; ",
                () -> mlflow.traces()
                        .assess("tr-1", a -> a.name("x").feedback(1).source(AssessmentSource.human("ada"))));
        calls.put("traces over OTLP", () -> mlflow.traces().otlp(experiment));
        calls.put(
                "evaluation datasets",
                () -> mlflow.traces()
                        .datasets()
                        .search(List.of(), Filter.ALL)
                        .iterator()
                        .next());
        calls.put("scorers", () -> mlflow.traces().scorers().list(experiment.id()));

        calls.forEach((feature, call) -> assertThatThrownBy(call)
                .as(feature)
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("mlflow 2.22.5")
                .hasMessageContaining("does not support " + feature.replaceAll("; ?", "") + "; it needs MLflow 3.")
                .hasMessageContaining("upgrade the tracking server"));

        for (String path : List.of("webhooks", "traces/get", "traces/search", "datasets/search", "scorers/list")) {
            assertThat(place.requests(path)).as(path).isEmpty();
        }
    }
}
