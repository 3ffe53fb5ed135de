package dev.fairlead.airflow;

import java.util.Map;
import java.util.Optional;

/** Says what is posted with an update of an asset. */
public interface AssetEventSpec {
    /** Returns what consumers shall know, such as how many rows came. */
    Map<String, Object> extra();

    /** Returns the key of the partition that was updated. */
    Optional<String> partitionKey();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableAssetEventSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Replaces what consumers shall know. */
        Builder extra(Map<String, ? extends Object> extra);

        /** Adds what consumers shall know: a text, number, boolean, list or map. */
        Builder putExtra(String name, Object value);

        /** Sets the key of the partition that was updated; needs Airflow 3.2. */
        Builder partitionKey(String key);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        AssetEventSpec build();
    }
}
