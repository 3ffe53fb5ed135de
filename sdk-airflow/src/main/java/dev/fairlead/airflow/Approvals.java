package dev.fairlead.airflow;

import dev.fairlead.PagedIterable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the questions that runs ask people, and answers them. Needs Airflow 3.1. Immutable and thread-safe. */
public interface Approvals {
    /** Is the option that approves, of a task that asks for no more than that. */
    String APPROVE = "Approve";
    /** Is the option that rejects, of a task that asks for no more than that. */
    String REJECT = "Reject";

    /** Lists what is not answered yet in any run, the oldest first. */
    PagedIterable<Approval> pending();

    /** Lists what is not answered yet in the runs of a DAG, the oldest first. */
    PagedIterable<Approval> pending(String dagId);

    /** Lists what a run asked, answered or not, the oldest first. */
    PagedIterable<Approval> list(String dagId, String runId);

    /** Finds what a task of a run asks; empty until it does. */
    default Optional<Approval> find(String dagId, String runId, String taskId) {
        return find(dagId, runId, taskId, -1);
    }

    /** Finds what one of the tasks asks that a task of a run is mapped to; empty until it does. */
    Optional<Approval> find(String dagId, String runId, String taskId, int mapIndex);

    /**
     * Finds what an earlier try of a task of a run asked, and what was answered then; empty where that try did not ask. Needs Airflow 3.2.
     *
     * @param tryNumber the try, counted from 1
     */
    Optional<Approval> find(String dagId, String runId, String taskId, int mapIndex, int tryNumber);

    /** Answers with options and no values; see {@link #answer(Approval, List, Map)}. */
    default ApprovalAnswer answer(Approval approval, String... options) {
        return answer(approval, List.of(options), Map.of());
    }

    /** Answers that the run may go on. */
    default ApprovalAnswer approve(Approval approval) {
        return answer(approval, APPROVE);
    }

    /** Answers that the run may not go on. */
    default ApprovalAnswer reject(Approval approval) {
        return answer(approval, REJECT);
    }

    /**
     * Answers, so that the run goes on. An answer whose own confirmation was lost counts as given.
     *
     * <p>Airflow 3.3 may fail a task that is answered in the very instant it asks, before its scheduler has seen that the task waits. A program that
     * answers by itself lets some seconds pass after {@link Approval#askedAt()}.
     *
     * @param options what is chosen
     * @param params the values given along; those left out keep their defaults
     * @throws AlreadyAnsweredException if somebody else has answered; it holds that answer
     * @throws dev.fairlead.error.InvalidValueException if an option is not offered, or too many are chosen
     * @throws dev.fairlead.error.PermissionException if the user is not among those asked
     */
    ApprovalAnswer answer(Approval approval, List<String> options, Map<String, ?> params);
}
