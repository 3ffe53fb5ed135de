package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.admin.Workspace;
import dev.fairlead.mlflow.admin.WorkspaceDeletion;
import dev.fairlead.mlflow.admin.Workspaces;
import dev.fairlead.mlflow.traces.Trace;
import dev.fairlead.support.Proves;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workspaces on a server that has them. */
abstract class WorkspacesContract extends MlflowContract {
    private Workspaces workspaces() {
        return mlflow.workspaces();
    }

    private static String name() {
        return unique("ws").replace('_', '-');
    }

    @Test
    @Proves("mlflow.workspaces")
    void workspace_madeChangedDeleted_isReadBack() {
        String name = name();
        Workspace made = workspaces().create(name, w -> w.description("of team A"));

        assertThat(made).isEqualTo(new Workspace(name, "of team A", null));
        assertThat(workspaces().get(name)).isEqualTo(made);
        assertThat(workspaces().list())
                .contains(made)
                .extracting(Workspace::name)
                .contains(Workspace.DEFAULT);
        assertThat(workspaces().ensure(name, w -> w.description("other"))).isEqualTo(made);
        assertThat(workspaces().update(name, w -> w.description("of team B")).description())
                .isEqualTo("of team B");
        assertThat(workspaces().delete(name)).isTrue();
        assertThat(workspaces().delete(name)).isFalse();
        assertThat(workspaces().find(name)).isEmpty();
    }

    @Test
    @Proves("mlflow.workspaces")
    void workspace_whatCannotBe_isRefused() {
        String name = workspaces().ensure(name()).name();

        refusedWith(() -> workspaces().create(name, w -> {}), ConflictException.class, "already exists");
        refusedWith(() -> workspaces().get("no-such-one"), NotFoundException.class, "no-such-one");
        refusedWith(() -> workspaces().update(name, w -> {}), InvalidRequestException.class, "at least one key");
        refusedWith(() -> workspaces().delete(Workspace.DEFAULT), InvalidRequestException.class, "reserved");
        for (String bad : new String[] {"A", "a", "-ab", "ab-", "a_b", "x".repeat(64), "a/b"}) {
            refusedWith(() -> mlflow.workspace(bad), InvalidValueException.class, "small letters");
            refusedWith(() -> workspaces().create(bad, w -> {}), InvalidValueException.class, "small letters");
        }
    }

    @Test
    @Proves("mlflow.workspaces")
    void create_lostReply_adoptsWhatItMade() {
        String name = name();
        place.faults().dropNextReply("POST workspaces", 1);

        assertThat(workspaces().create(name, w -> {}).name()).isEqualTo(name);
    }

    @Test
    @Proves("mlflow.late-attempts")
    void create_whoseNameALateAttemptTook_adoptsIt() {
        String name = name();
        place.faults()
                .dropNextReply("POST workspaces", 1)
                .failNext(
                        "GET workspaces/" + name,
                        404,
                        1,
                        Map.of("Content-Type", "application/json"),
                        "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"not there yet\"}");

        assertThat(workspaces().create(name, w -> w.description("d")).description())
                .isEqualTo("d");
    }

    @Test
    @Proves("mlflow.workspaces.isolated")
    void work_inTwoWorkspaces_seesNothingOfTheOther() {
        MlflowClient a = mlflow.workspace(workspaces().ensure(name()).name());
        MlflowClient b = mlflow.workspace(workspaces().ensure(name()).name());
        String name = unique("same");

        Experiment inA = a.experiments().ensure(name);
        Experiment inB = b.experiments().ensure(name);
        ActiveRun run = a.runs().start(inA);
        run.logMetric("loss", 1).artifacts().putText("d/note.txt", "of A");
        a.models().ensure(name);

        assertThat(inA.id()).isNotEqualTo(inB.id());
        refusedWith(() -> b.experiments().get(inA.id()), NotFoundException.class, inA.id());
        refusedWith(() -> mlflow.experiments().get(inA.id()), NotFoundException.class, inA.id());
        assertThat(b.runs().find(run.id())).isEmpty();
        assertThat(b.runs().search(q -> q.addExperiment(inB))).isEmpty();
        assertThat(a.runs().search(q -> q.addExperiment(inA)))
                .extracting(Run::id)
                .containsExactly(run.id());
        assertThat(a.runs().history(run.id(), "loss")).hasSize(1);
        assertThat(a.artifacts(run.id()).text("d/note.txt")).isEqualTo("of A");
        assertThat(a.artifacts(run.id()).walk("")).hasSize(1);
        assertThat(b.models().find(name)).isEmpty();
        assertThat(a.models().find(name)).isPresent();
        assertThat(a.experiments().list())
                .extracting(Experiment::id)
                .contains(inA.id())
                .doesNotContain(inB.id());
    }

    @Test
    @Proves("mlflow.workspaces.isolated")
    void otlp_inAWorkspace_sendsSpansIntoIt() {
        MlflowClient a = mlflow.workspace(workspaces().ensure(name()).name());
        MlflowClient b = mlflow.workspace(workspaces().ensure(name()).name());
        Experiment inA = a.experiments().ensure(unique("traced"));

        String trace = OtlpJson.send(a.traces().otlp(inA), Instant.now(), false, Map.of());

        assertThat(a.traces().search(q -> q.addExperiment(inA)))
                .extracting(Trace::id)
                .containsExactly(trace);
        assertThat(b.traces().find(trace)).isEmpty();
        assertThat(mlflow.traces().find(trace)).isEmpty();
    }

    @Test
    @Proves("mlflow.workspaces.isolated")
    void delete_workspaceThatHoldsSomething_isRefusedUnlessTold() {
        String name = workspaces().ensure(name()).name();
        Experiment inside = mlflow.workspace(name).experiments().ensure(unique("inside"));

        refusedWith(() -> workspaces().delete(name), ConflictException.class, name, "still contains");
        assertThat(workspaces().delete(name, WorkspaceDeletion.CASCADE)).isTrue();
        refusedWith(
                () -> mlflow.workspace(name).experiments().get(inside.id()),
                NotFoundException.class,
                "Workspace",
                name);
    }

    @Test
    @Proves("mlflow.workspaces")
    void call_inNoWorkspace_carriesNoHeader() {
        String name = workspaces().ensure(name()).name();
        MlflowClient byBuilder = place.client().workspace(name).build();
        place.forgetRequests();

        byBuilder.experiments().ensure(unique("b"));
        byBuilder.raw().post("experiments/search", Map.of("max_results", 1));
        byBuilder.withOptions(o -> o.header("X-A", "1")).experiments().list().stream()
                .toList();
        byBuilder.workspaces().list();
        mlflow.experiments().get(experiment.id());

        assertThat(place.requests("experiments/create"))
                .allSatisfy(r -> assertThat(r.header("X-MLFLOW-WORKSPACE")).contains(name));
        assertThat(place.requests("experiments/search"))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.header("X-MLFLOW-WORKSPACE")).contains(name));
        assertThat(place.requests("experiments/get").stream()
                        .filter(r -> r.query("experiment_id").orElse("").equals(experiment.id())))
                .allSatisfy(r -> assertThat(r.header("X-MLFLOW-WORKSPACE")).isEmpty());
        assertThat(place.requests("GET workspaces"))
                .allSatisfy(r -> assertThat(r.header("X-MLFLOW-WORKSPACE")).isEmpty());
        assertThat(byBuilder).hasToString("MlflowClient[" + byBuilder.trackingUri() + ", workspace " + name + "]");
    }
}
