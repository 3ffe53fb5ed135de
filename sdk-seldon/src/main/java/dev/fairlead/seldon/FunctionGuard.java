package dev.fairlead.seldon;

import java.util.function.Function;

/** A guard that only this process can ask. */
record FunctionGuard(String name, Function<RolloutStep, RolloutVerdict> judge) implements RolloutGuard {
    @Override
    public String toString() {
        return "RolloutGuard[" + name + "]";
    }
}
