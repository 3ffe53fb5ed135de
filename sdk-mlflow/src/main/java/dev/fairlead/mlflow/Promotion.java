package dev.fairlead.mlflow;

import java.util.Optional;

/** Holds a promotion that succeeded. Immutable and thread-safe. */
public interface Promotion {
    /** Returns the model's name. */
    String name();

    /** Returns the alias. */
    String alias();

    /** Returns the version it points at now. */
    String version();

    /** Returns the version it pointed at before; empty where there was no such alias. */
    Optional<String> previous();

    /**
     * Points the alias at the previous version again, or removes it where there was none, unless somebody else has moved it since.
     *
     * @throws PromotionLostException if it points at another version by now
     */
    void rollBack();
}
