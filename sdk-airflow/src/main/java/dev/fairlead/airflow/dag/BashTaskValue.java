package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Optional;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class BashTaskValue implements BashTask, Problems.Checked {
    @Override
    @Value.Default
    public TriggerRule triggerRule() {
        return TriggerRule.ALL_SUCCESS;
    }

    @Override
    @Value.Auxiliary
    public abstract Optional<String> origin();

    @Override
    public BashTask.Builder toBuilder() {
        return ImmutableBashTask.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        TaskRules.check(this, at);
        if (at.requireSet("command", command())) {
            Texts.check(at, "command", command());
            at.require(!Texts.source(command()).isBlank(), "command", "must not be blank", Texts.source(command()));
        }
        Texts.checkEnv(at.at("env"), env());
        workingDirectory().ifPresent(d -> Texts.check(at, "workingDirectory", d));
    }

    abstract static class Builder extends ValueBuilder<BashTaskValue> implements BashTask.Builder {}
}
