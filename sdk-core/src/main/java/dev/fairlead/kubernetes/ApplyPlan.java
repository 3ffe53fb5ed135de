package dev.fairlead.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows what applying an object would change. Values of Secrets are shown as {@code ***}.
 *
 * @param object names the object, such as {@code ConfigMap team/settings}
 * @param creates whether it does not exist yet
 * @param changes the fields that would change, in the order of the object; empty if nothing would
 */
public record ApplyPlan(String object, boolean creates, List<FieldChange> changes) {
    /** Copies the changes. */
    public ApplyPlan {
        changes = List.copyOf(changes);
    }

    /** Tells whether nothing would change. */
    public boolean isEmpty() {
        return changes.isEmpty() && !creates;
    }

    /**
     * Is one field that would change.
     *
     * @param field its path, such as {@code .spec.template.spec.containers[main].image}
     * @param from its value now, or {@code null} if it is not set
     * @param to its value then, or {@code null} if it would go
     */
    public record FieldChange(
            String field, @Nullable Object from, @Nullable Object to) {
        /** Returns the value now. */
        public Optional<Object> before() {
            return Optional.ofNullable(from);
        }

        /** Returns the value then. */
        public Optional<Object> after() {
            return Optional.ofNullable(to);
        }

        @Override
        public String toString() {
            if (from == null) {
                return "+ " + field + ": " + to;
            }
            return to == null ? "- " + field + ": " + from : "~ " + field + ": " + from + " -> " + to;
        }
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return object + ": no change";
        }
        return object
                + (creates ? ": create" : ": change")
                + changes.stream().map(c -> "\n  " + c).collect(Collectors.joining());
    }
}
