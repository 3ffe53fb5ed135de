package dev.fairlead.kubernetes;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import java.util.List;
import java.util.stream.Collectors;

/** Says that fields of an applied object belong to other managers; nothing was changed. */
public class FieldConflictException extends ConflictException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldConflict> conflicts;

    /** Creates the exception. */
    public FieldConflictException(CallDetails details, List<FieldConflict> conflicts) {
        super(
                details,
                "owned by others: "
                        + conflicts.stream()
                                .map(c -> c.field() + " by '" + c.manager() + "'")
                                .collect(Collectors.joining(", "))
                        + "; leave the field out, or apply with force to take it over");
        this.conflicts = List.copyOf(conflicts);
    }

    /** Returns the fields and who owns them. */
    public List<FieldConflict> conflicts() {
        return conflicts;
    }

    /**
     * Names one field and its owner.
     *
     * @param field the field's path, such as {@code .spec.replicas}
     * @param manager the name of the manager that owns it
     */
    public record FieldConflict(String field, String manager) {}
}
