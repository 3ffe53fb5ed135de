package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a question that a run asks people, and waits for the answer of.
 *
 * @param dagId the DAG
 * @param runId the run
 * @param taskId the task that asks
 * @param mapIndex its number where one task is mapped to many, -1 otherwise
 * @param subject the question
 * @param body what is said about it; empty where nothing is
 * @param options what may be chosen
 * @param defaults what is taken to be chosen when nobody answers in time
 * @param multiple whether more than one may be chosen
 * @param params the values that may be given along, with their defaults
 * @param assignedUsers the ids of the users who may answer; empty where everybody may
 * @param askedAt when it was asked
 * @param answered the answer, or {@code null}
 */
public record Approval(
        String dagId,
        String runId,
        String taskId,
        int mapIndex,
        String subject,
        String body,
        List<String> options,
        List<String> defaults,
        boolean multiple,
        Map<String, Object> params,
        List<String> assignedUsers,
        @Nullable Instant askedAt,
        @Nullable ApprovalAnswer answered) {
    /** Copies the lists. */
    public Approval {
        options = List.copyOf(options);
        defaults = List.copyOf(defaults);
        assignedUsers = List.copyOf(assignedUsers);
    }

    /** Returns the answer. */
    public Optional<ApprovalAnswer> answer() {
        return Optional.ofNullable(answered);
    }

    @Override
    public String toString() {
        return "Approval[" + dagId + "/" + runId + "/" + taskId + (mapIndex < 0 ? "" : "[" + mapIndex + "]") + ": "
                + subject + " " + options + (answered == null ? "" : " -> " + answered.chosen()) + "]";
    }
}
