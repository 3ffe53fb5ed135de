package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class BashTaskValue extends TaskValue implements BashTask {
    @Override
    public BashTask.Builder toBuilder() {
        return ImmutableBashTask.builder().from(this);
    }

    @Override
    Stream<Expression> values() {
        return Stream.concat(command().stream(), env().values().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        command().ifPresent(c -> set.add("command"));
        if (!env().isEmpty()) {
            set.add("env");
        }
        Mappings.check(at, this, mapping, List.of("command", "env"), set);
    }

    @Override
    void checkKind(Problems at) {
        checkText(at, "command", command());
        Texts.checkEnv(at.at("env"), env());
        workingDirectory().ifPresent(d -> Texts.check(at, "workingDirectory", d));
    }

    abstract static class Builder extends ValueBuilder<BashTaskValue> implements BashTask.Builder {}
}
