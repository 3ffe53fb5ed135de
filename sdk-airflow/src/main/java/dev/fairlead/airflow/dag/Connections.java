package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for the ids of Airflow's connections, and for namespaces. */
final class Connections {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Connections() {}

    static void check(Problems at, String field, @Nullable String id) {
        if (at.requireSet(field, id) && id != null) {
            at.require(ID.matcher(id).matches(), field, "must be a connection's id", id);
        }
    }

    static void checkNamespace(Problems at, String namespace) {
        at.require(NAMESPACE.matcher(namespace).matches(), "namespace", "must be a namespace's name", namespace);
    }
}
