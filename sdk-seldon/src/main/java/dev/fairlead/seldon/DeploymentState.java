package dev.fairlead.seldon;

import java.util.List;

/**
 * Names the state the operator reports. It stays {@link #AVAILABLE} while a change rolls out, which is why waiting looks further. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record DeploymentState(String value) {
    /** Everything was available when the operator last looked. */
    public static final DeploymentState AVAILABLE = new DeploymentState("Available");

    /** Not everything is there yet. */
    public static final DeploymentState CREATING = new DeploymentState("Creating");

    /** The operator gave up, or the cluster refused what it made. */
    public static final DeploymentState FAILED = new DeploymentState("Failed");

    private static final List<DeploymentState> KNOWN = List.of(AVAILABLE, CREATING, FAILED);

    /** Names one by its word. */
    public static DeploymentState of(String value) {
        return new DeploymentState(value);
    }

    /** Returns the words we know. */
    public static List<DeploymentState> known() {
        return KNOWN;
    }

    /** Tells whether we know the word. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
