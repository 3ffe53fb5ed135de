package dev.fairlead.mlflow.traces;

/**
 * Says who assessed.
 *
 * @param type the server's word for the kind: {@code HUMAN}, {@code LLM_JUDGE} or {@code CODE}
 * @param id who or what it was, such as a user's name, a model or a program
 */
public record AssessmentSource(String type, String id) {
    /** Names a person. */
    public static AssessmentSource human(String id) {
        return new AssessmentSource("HUMAN", id);
    }

    /** Names a model that judges. */
    public static AssessmentSource llmJudge(String id) {
        return new AssessmentSource("LLM_JUDGE", id);
    }

    /** Names a program. */
    public static AssessmentSource code(String id) {
        return new AssessmentSource("CODE", id);
    }
}
