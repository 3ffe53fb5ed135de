package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.internal.wire.ModelWire;
import dev.fairlead.spi.Repeat;

/** The aliases of a registry, where prompts are registered models of a kind. */
public final class Aliases {
    private static final String PATH = "registered-models/alias";

    private Aliases() {}

    /** Reads the version that an alias points at. */
    public static ModelWire.Version get(Api api, String name, String alias) {
        return api.get(
                        PATH,
                        ModelWire.SingleVersion.class,
                        q -> q.query("name", name).query("alias", alias))
                .modelVersion();
    }

    /** Points an alias at a version. */
    public static void set(Api api, String name, String alias, String version) {
        api.write(PATH, new ModelWire.SetAlias(name, alias, version));
    }

    /** Removes an alias. */
    public static void delete(Api api, String name, String alias) {
        api.write("DELETE", PATH, new ModelWire.AliasId(name, alias), Repeat.safe());
    }
}
