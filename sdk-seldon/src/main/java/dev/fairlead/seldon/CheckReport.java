package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Is what a look at the cluster tells about a deployment that is not sent yet.
 *
 * @param problems why it would be refused or not run
 * @param warnings what would be accepted and ignored, or may not fit
 * @param unknown what could not be looked at, and why
 */
public record CheckReport(List<Problem> problems, List<Problem> warnings, List<String> unknown) {
    /** Keeps copies. */
    public CheckReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        unknown = List.copyOf(unknown);
    }

    /** Tells whether nothing was found that keeps it from running. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** Throws {@link InvalidValueException} with every problem, if there is one. */
    public CheckReport orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidValueException("SeldonDeployment on this cluster", problems);
        }
        return this;
    }

    /** Prints it, a line for each finding. */
    @Override
    public String toString() {
        return Stream.of(
                        problems.stream().map(p -> "problem: " + p),
                        warnings.stream().map(w -> "warning: " + w),
                        unknown.stream().map(u -> "unknown: " + u))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
