package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/** What all kinds of tasks have. */
abstract class TaskValue implements Problems.Checked {
    @Value.Default
    public TriggerRule triggerRule() {
        return TriggerRule.ALL_SUCCESS;
    }

    @Value.Default
    public TaskRole role() {
        return TaskRole.WORK;
    }

    @Value.Default
    public boolean dependsOnPast() {
        return false;
    }

    @Value.Auxiliary
    public abstract Optional<String> origin();

    public abstract Optional<Mapping> mapping();

    /** Returns whatever may be or hold an expression. */
    abstract Stream<? extends @Nullable Object> values();

    /** Checks what only this kind has. */
    abstract void checkKind(Problems at);

    /** Checks over what it is mapped; kinds that can be say so. */
    void checkMapping(Problems at, Mapping mapping) {
        at.add("mapping", "must not be set: a task of this kind cannot be mapped", mapping);
    }

    public Set<TaskOutput<?>> inputs() {
        Set<TaskOutput<?>> found = new LinkedHashSet<>();
        Stream.concat(values(), mapping().stream().flatMap(Mappings::values))
                .flatMap(Texts::leaves)
                .forEach(leaf -> {
                    if (leaf instanceof TaskOutput<?> output) {
                        found.add(output);
                    }
                });
        return found;
    }

    public List<String> choices() {
        return List.of();
    }

    @Override
    public final void check(Problems at) {
        TaskRules.check((Task) this, at);
        mapping().ifPresent(m -> checkMapping(at, m));
        checkKind(at);
    }

    /** Returns whether a field is given for each instance instead of for all. */
    final boolean maps(String field) {
        return mapping()
                .filter(m -> m instanceof Mapping.Rows || m.fieldNames().contains(field))
                .isPresent();
    }

    /** Checks a field that must be given, for all instances or for each. */
    final void checkGiven(Problems at, String field, Optional<Expression> value) {
        at.require(value.isPresent() || maps(field), field, "must be set", null);
        value.ifPresent(v -> Texts.check(at, field, v));
    }

    /** Checks a text that must be given and not be blank. */
    final void checkText(Problems at, String field, Optional<Expression> value) {
        checkGiven(at, field, value);
        value.ifPresent(v -> at.require(!Texts.source(v).isBlank(), field, "must not be blank", Texts.source(v)));
    }
}
