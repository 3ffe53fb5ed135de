package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class OrchestratorSpecValue implements OrchestratorSpec, Problems.Checked {
    @Override
    public OrchestratorSpec.Builder toBuilder() {
        return ImmutableOrchestratorSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        resources().ifPresent(r -> at.part("resources", r));
        replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        Set<String> names = new HashSet<>();
        for (EnvVariable variable : variables()) {
            if (at.requireText("env.name", variable.name())) {
                at.require(
                        names.add(variable.name()),
                        "env[" + variable.name() + "]",
                        "must be set once",
                        variable.name());
            }
            at.require(
                    variable.value().isEmpty() || !variable.tree().containsKey("valueFrom"),
                    "env[" + variable.name() + "]",
                    "must have a value or a source, not both",
                    variable);
        }
    }

    abstract static class Builder extends ValueBuilder<OrchestratorSpecValue> implements OrchestratorSpec.Builder {}
}
