package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class PapermillTaskValue extends TaskValue implements PapermillTask {
    @Override
    @Value.Default
    public boolean logsOutput() {
        return false;
    }

    @Override
    public PapermillTask.Builder toBuilder() {
        return ImmutablePapermillTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.of(notebook().stream(), result().stream(), parameters().values().stream())
                .flatMap(s -> s);
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        notebook().ifPresent(n -> set.add("notebook"));
        result().ifPresent(r -> set.add("result"));
        if (!parameters().isEmpty()) {
            set.add("parameters");
        }
        Mappings.check(at, this, mapping, List.of("notebook", "parameters", "result"), set);
    }

    @Override
    void checkKind(Problems at) {
        checkText(at, "notebook", notebook());
        checkText(at, "result", result());
        parameters().forEach((name, value) -> {
            Problems place = at.at("parameters[" + name + "]");
            place.require(Python.isName(name), "name", "must be the name of a variable", name);
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
        });
        kernel().ifPresent(k -> Texts.check(at, "kernel", k));
        language().ifPresent(l -> Texts.check(at, "language", l));
        kernelConnection().ifPresent(c -> Connections.check(at, "kernelConnection", c));
    }

    abstract static class Builder extends ValueBuilder<PapermillTaskValue> implements PapermillTask.Builder {}
}
