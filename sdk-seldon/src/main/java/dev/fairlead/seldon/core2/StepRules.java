package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import java.time.Duration;
import java.util.Optional;

/** What must hold of a pipeline's step, input and output by themselves. */
final class StepRules {
    private StepRules() {}

    static void check(PipelineStep step, Problems at) {
        checkJoin("inputsJoinType", step.inputsJoinType(), at);
        checkJoin("triggersJoinType", step.triggersJoinType(), at);
        checkWindow("joinWindowMs", step.joinWindow(), at);
        step.batch().ifPresent(batch -> {
            Core2Rules.notNegative("batch.size", batch.size(), at);
            checkWindow("batch.windowMs", batch.window(), at);
        });
    }

    static void check(PipelineInput input, Problems at) {
        checkJoin("joinType", input.joinType(), at);
        checkJoin("triggersJoinType", input.triggersJoinType(), at);
        checkWindow("joinWindowMs", input.joinWindow(), at);
    }

    static void check(PipelineOutput output, Problems at) {
        checkJoin("stepsJoin", output.stepsJoin(), at);
        checkWindow("joinWindowMs", output.joinWindow(), at);
    }

    private static void checkJoin(String field, Optional<JoinType> type, Problems at) {
        type.ifPresent(word -> at.require(
                word.isKnown(),
                field,
                "must be one of " + JoinType.known() + "; Seldon takes any other for inner",
                word));
    }

    private static void checkWindow(String field, Optional<Duration> window, Problems at) {
        window.ifPresent(w -> at.require(
                !w.isNegative()
                        && w.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0
                        && w.equals(Duration.ofMillis(w.toMillis())),
                field,
                "must be whole milliseconds, not negative",
                w));
    }
}
