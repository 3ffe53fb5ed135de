package dev.fairlead.airflow.admin;

import java.util.Optional;

/** Describes a pool as it should be. What is not set stays as it is. */
public interface PoolSpec {
    /** Returns the name. */
    String name();

    /** Returns how many slots it should have; -1 means without limit. */
    int slots();

    /** Returns what it is for. */
    Optional<String> description();

    /** Returns whether deferred tasks take slots too; Airflow's default is that they do not. */
    Optional<Boolean> includeDeferred();

    /** Describes a pool of so many slots. */
    static PoolSpec of(String name, int slots) {
        return builder(name).slots(slots).build();
    }

    /** Starts a description. */
    static Builder builder(String name) {
        return ImmutablePoolSpec.builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name; 1 to 256 characters. */
        Builder name(String name);

        /** Sets how many slots it should have; -1 means without limit. */
        Builder slots(int slots);

        /** Sets what it is for. */
        Builder description(String text);

        /** Sets whether deferred tasks take slots too. */
        Builder includeDeferred(boolean include);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PoolSpec build();
    }
}
