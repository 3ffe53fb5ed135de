package dev.fairlead.airflow.dag;

/**
 * Is a name under which a task updates assets that are known at run time only.
 *
 * @param name the name
 */
public record AssetAlias(String name) implements AssetCondition, AssetOutlet {
    /** Names an alias. */
    public static AssetAlias of(String name) {
        return new AssetAlias(name);
    }
}
