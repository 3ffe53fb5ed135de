package dev.fairlead.airflow.dag;

import java.util.List;

/** Says which changes of assets start a run (a dataset in Airflow 2): one asset, all of several, or any of several. */
public sealed interface AssetCondition permits Asset, AssetAlias, AssetCondition.All, AssetCondition.Any {
    /** Waits until each was updated. */
    static AssetCondition all(AssetCondition... parts) {
        return new All(List.of(parts));
    }

    /** Waits until one was updated. */
    static AssetCondition any(AssetCondition... parts) {
        return new Any(List.of(parts));
    }

    /**
     * Each of these.
     *
     * @param parts what is waited for; two at least
     */
    record All(List<AssetCondition> parts) implements AssetCondition {
        /** Copies the parts. */
        public All {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One of these.
     *
     * @param parts what is waited for; two at least
     */
    record Any(List<AssetCondition> parts) implements AssetCondition {
        /** Copies the parts. */
        public Any {
            parts = List.copyOf(parts);
        }
    }
}
