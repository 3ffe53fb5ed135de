package dev.fairlead.seldon.core2;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds what Seldon reports of an object.
 *
 * @param kind the object's kind, such as {@code Model}
 * @param namespace its namespace
 * @param name its name
 * @param generation the object's generation; the report may be of an older one
 * @param ready whether Seldon says that it is ready
 * @param state the scheduler's word, such as {@code ModelAvailable} or {@code ScheduleFailed}; empty where there is none yet
 * @param reason why it is in that state; empty where nothing is said
 * @param replicas how many replicas there are to be; 0 where it is not said
 * @param loadedModels how many replicas of models a server holds; 0 for other kinds
 * @param conditions all conditions
 */
public record Core2Status(
        String kind,
        String namespace,
        String name,
        long generation,
        boolean ready,
        String state,
        String reason,
        int replicas,
        int loadedModels,
        List<Condition> conditions) {

    /** Copies the conditions. */
    public Core2Status {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        conditions = List.copyOf(conditions);
    }

    /**
     * Holds one condition. Seldon writes the state where Kubernetes has the message, and the message where Kubernetes has the reason; here
     * each is where it belongs.
     *
     * @param type such as {@code ModelReady}
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param state one word
     * @param reason a sentence; may be empty
     * @param since when it last changed, or {@link Instant#EPOCH} where it is not said
     */
    public record Condition(String type, String status, String state, String reason, Instant since) {
        /** Tells whether it holds. */
        public boolean holds() {
            return "True".equals(status);
        }
    }

    /** Returns a condition by its type, if there is one. */
    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name + (ready ? " is ready" : " is not ready")
                + (state.isEmpty() ? "" : ": " + state) + (reason.isEmpty() ? "" : ", " + reason);
    }
}
