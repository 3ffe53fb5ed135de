package dev.fairlead.error;

import java.util.List;
import java.util.stream.Collectors;

/** Lists every problem of a value that {@code build()} refused, each with its place, the rule and the value found there. */
public class InvalidValueException extends MlPlatformException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Creates the exception for the value of the given kind. */
    public InvalidValueException(String kind, List<Problem> problems) {
        super(message(kind, problems), null);
        this.problems = List.copyOf(problems);
    }

    /** Returns all problems, in the order of the value's fields; never empty. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String message(String kind, List<Problem> problems) {
        if (problems.size() == 1) {
            return "invalid " + kind + ": " + problems.get(0);
        }
        return "invalid " + kind + ", " + problems.size() + " problems:"
                + problems.stream().map(p -> "\n  - " + p).collect(Collectors.joining());
    }

    /**
     * Holds one thing that is wrong.
     *
     * @param place where, as a path from the value that was built, such as {@code predictors[1].traffic}
     * @param rule what must hold there
     * @param value what was found there, as text; secrets are never shown
     */
    public record Problem(String place, String rule, String value) {
        @Override
        public String toString() {
            return place + " " + rule + ", was " + value;
        }
    }
}
