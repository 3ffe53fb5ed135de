package dev.fairlead.seldon;

/**
 * Is what a guard says of a candidate.
 *
 * @param kind whether it is good enough
 * @param reason why, with the figure and its bound; shown in progress and in the exception
 */
public record RolloutVerdict(Kind kind, String reason) {

    /** Whether a candidate is good enough. */
    public enum Kind {
        /** It is good enough so far. */
        PASSED,
        /** It is not: all traffic goes back at once. */
        FAILED,
        /** Nobody can tell yet, as before the first request: the rollout stays where it is. */
        UNKNOWN
    }

    /** Says that it is good enough so far. */
    public static RolloutVerdict passed(String reason) {
        return new RolloutVerdict(Kind.PASSED, reason);
    }

    /** Says that it is not. */
    public static RolloutVerdict failed(String reason) {
        return new RolloutVerdict(Kind.FAILED, reason);
    }

    /** Says that nobody can tell yet. */
    public static RolloutVerdict unknown(String reason) {
        return new RolloutVerdict(Kind.UNKNOWN, reason);
    }
}
