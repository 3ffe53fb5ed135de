package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AlreadyAnsweredException;
import dev.fairlead.airflow.Approval;
import dev.fairlead.airflow.ApprovalAnswer;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What runs ask people. */
abstract class ApprovalsContract extends SurfaceContract {
    private static final String FILE = """
            import datetime
            from airflow.sdk import DAG
            from airflow.providers.standard.operators.empty import EmptyOperator
            from airflow.providers.standard.operators.hitl import HITLOperator
            start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
            with DAG("%s", schedule=None, start_date=start, catchup=False):
                HITLOperator(task_id="ask", subject="Deploy flights?", options=["Yes", "No"], params={"share": 3}) \\
                    >> EmptyOperator(task_id="go")
            """;

    private final String base = unique("approvals");
    private final String dag = base + "_dag";
    private Operation<DagRun> run;
    private Operation<DagRun> lost;

    @Override
    void prepare() throws Exception {
        place.asks(dag, "ask", "Deploy flights?", List.of("Yes", "No"), Map.of("share", 3));
        place.publish(
                base,
                FILE.formatted(dag),
                List.of(Dag.builder(dag)
                        .empty("ask")
                        .empty("go")
                        .addEdge("ask", "go")
                        .build()));
        awaitParsed(dag);
        run = airflow.runs().trigger(dag, t -> t.runId("first"));
        lost = airflow.runs().trigger(dag, t -> t.runId("second"));
    }

    private Approval asked(String runId) {
        Approval asked = Eventually.get(
                "a question of " + runId, RUN, () -> airflow.approvals().find(dag, runId, "ask"));
        return place instanceof SurfaceFake ? asked : Eventually.settled(asked);
    }

    @Test
    @Proves("airflow.approvals")
    void answer_letsTheRunGoOn_aSecondOneIsRefusedWithTheFirst() throws Exception {
        Approval approval = asked("first");
        assertThat(approval.subject()).isEqualTo("Deploy flights?");
        assertThat(approval.options()).containsExactly("Yes", "No");
        assertThat(approval.params()).isEqualTo(Map.of("share", 3));
        assertThat(approval.answer()).isEmpty();
        assertThat(airflow.approvals().pending(dag).stream())
                .extracting(Approval::runId)
                .contains("first");
        assertThat(airflow.approvals().pending().stream())
                .extracting(Approval::dagId)
                .contains(dag);

        ApprovalAnswer answer = airflow.approvals().answer(approval, List.of("Yes"), Map.of("share", 5));

        assertThat(answer.by()).isEqualTo("admin");
        assertThat(answer.at()).isNotNull();
        assertThatThrownBy(() -> airflow.approvals().answer(approval, "No"))
                .isInstanceOf(ConflictException.class)
                .isInstanceOfSatisfying(
                        AlreadyAnsweredException.class,
                        e -> assertThat(e.approval().answer().orElseThrow().chosen())
                                .containsExactly("Yes"))
                .hasMessageContaining("admin has answered Yes already");
        assertThat(airflow.approvals().list(dag, "first").stream())
                .singleElement()
                .satisfies(a -> assertThat(a.answer().orElseThrow().params()).isEqualTo(Map.of("share", 5)));
        assertThat(run.await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(airflow.runs().output(dag, "first", "ask").orElseThrow())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("chosen_options", List.of("Yes"));
    }

    @Test
    @Proves("airflow.approvals")
    void answer_replyLost_countsAsGiven() throws Exception {
        Approval approval = asked("second");
        place.faults().dropNextReply("PATCH hitlDetails", 1);

        assertThat(airflow.approvals().answer(approval, "Yes").chosen()).containsExactly("Yes");
        assertThat(lost.await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
    }

    @Test
    @Proves("airflow.approvals")
    void answer_whatIsNotOffered_isRefusedBeforeTheCall() throws Exception {
        Approval approval = asked("second");
        place.forgetRequests();

        assertThatThrownBy(() -> airflow.approvals().answer(approval, List.of("Maybe", "No"), Map.of("colour", "red")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be of those offered, which are [Yes, No], was 'Maybe'")
                .hasMessageContaining("must be one, no more may be chosen")
                .hasMessageContaining("must be of those asked for, which are [share]");
        assertThatThrownBy(() -> airflow.approvals().approve(approval))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'Approve'");
        assertThat(place.requests("PATCH hitlDetails")).isEmpty();
        assertThat(airflow.approvals().find(dag, "second", "go")).isEmpty();
    }
}
