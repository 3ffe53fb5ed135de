package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class TriggerDagTaskValue extends TaskValue implements TriggerDagTask {
    private static final Set<DagRunState> RUN =
            Set.of(DagRunState.QUEUED, DagRunState.RUNNING, DagRunState.SUCCESS, DagRunState.FAILED);

    @Override
    @Value.Default
    public boolean waits() {
        return false;
    }

    @Override
    @Value.Default
    public boolean deferrable() {
        return false;
    }

    @Override
    @Value.Default
    public boolean resets() {
        return false;
    }

    @Override
    @Value.Default
    public boolean skipsExisting() {
        return false;
    }

    @Override
    public TriggerDagTask.Builder toBuilder() {
        return ImmutableTriggerDagTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.of(dagId().stream(), runId().stream(), logicalDate().stream(), conf().values().stream())
                .flatMap(s -> s);
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        dagId().ifPresent(d -> set.add("dagId"));
        runId().ifPresent(r -> set.add("runId"));
        if (!conf().isEmpty()) {
            set.add("conf");
        }
        Mappings.check(at, this, mapping, List.of("dagId", "runId", "conf"), set);
    }

    @Override
    void checkKind(Problems at) {
        checkGiven(at, "dagId", dagId());
        dagId().ifPresent(id -> {
            if (id instanceof Text text) {
                TaskRules.checkId(at, "dagId", text.value());
            }
        });
        runId().ifPresent(r -> {
            Texts.check(at, "runId", r);
            at.require(
                    !(r instanceof Text text)
                            || (!text.value().isBlank() && text.value().length() <= TaskRules.MAX_ID),
                    "runId",
                    "must be of 1 to " + TaskRules.MAX_ID + " characters",
                    Texts.source(r));
        });
        conf().forEach((name, value) -> {
            Problems place = at.at("conf[" + name + "]");
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
        });
        logicalDate().ifPresent(d -> checkDate(at, d));
        TaskRules.positive(at, "pollInterval", pollInterval());
        checkWaiting(at);
        at.require(
                !resets() || !skipsExisting(),
                "skipsExisting",
                "must not be set together with resets",
                skipsExisting());
    }

    private static void checkDate(Problems at, Expression date) {
        Texts.check(at, "logicalDate", date);
        if (date instanceof Text text) {
            try {
                OffsetDateTime.parse(text.value());
            } catch (DateTimeParseException e) {
                at.add("logicalDate", "must be a time with its zone, such as 2026-01-31T00:00:00+00:00", text.value());
            }
        }
    }

    private void checkWaiting(Problems at) {
        String rule = "must not be set unless the task waits: say waits(true)";
        at.require(waits() || !deferrable(), "deferrable", rule, deferrable());
        at.require(waits() || allowedStates().isEmpty(), "allowedStates", rule, allowedStates());
        at.require(waits() || failedStates().isEmpty(), "failedStates", rule, failedStates());
        at.require(
                waits() || pollInterval().isEmpty(),
                "pollInterval",
                rule,
                pollInterval().orElse(null));
        for (DagRunState state : allowedStates()) {
            at.require(RUN.contains(state), "allowedStates", "must be one of queued, running, success, failed", state);
            at.require(!failedStates().contains(state), "failedStates", "must not hold an allowed state", state);
        }
        for (DagRunState state : failedStates()) {
            at.require(RUN.contains(state), "failedStates", "must be one of queued, running, success, failed", state);
        }
    }

    abstract static class Builder extends ValueBuilder<TriggerDagTaskValue> implements TriggerDagTask.Builder {}
}
