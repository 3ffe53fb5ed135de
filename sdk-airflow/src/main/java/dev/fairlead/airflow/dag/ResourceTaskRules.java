package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.render.ResourceKinds;
import dev.fairlead.spi.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for an object of the cluster that a task makes or deletes. */
final class ResourceTaskRules {
    private ResourceTaskRules() {}

    static void check(ResourceTask task, Problems at) {
        Problems place = at.at("object");
        Texts.checkJson(place, task.object());
        String version = text(task.object().get("apiVersion"));
        String kind = text(task.object().get("kind"));
        place.require(
                version.matches("([a-z0-9.-]+/)?v[a-z0-9]+"), "apiVersion", "must be such as v1 or apps/v1", version);
        place.require(kind.matches("[A-Z][A-Za-z0-9]*"), "kind", "must be a kind, such as ConfigMap", kind);
        Object metadata = task.object().get("metadata");
        Object name = metadata instanceof Map<?, ?> map ? map.get("name") : null;
        place.require(name instanceof Expression || !text(name).isBlank(), "metadata.name", "must be set", name);
        place.require(
                !kind.equals("Secret") || task.action() == ResourceAction.DELETE,
                "kind",
                "must not be Secret, whose values would stand in the DAG's file: make it beside the DAG",
                kind);
        boolean custom = ResourceKinds.isCustom(version);
        place.require(
                !custom || ResourceKinds.hasPlainPlural(kind),
                "kind",
                "must be one whose plural is its name and an s: Airflow asks for "
                        + kind.toLowerCase(java.util.Locale.ROOT) + "s; use a PythonTask",
                kind);
        at.require(
                custom || !task.clusterWide(),
                "clusterWide",
                "must be set for custom kinds alone: the others are known",
                task.clusterWide());
        task.namespace().ifPresent(n -> Connections.checkNamespace(at, n));
        task.connection().ifPresent(c -> Connections.check(at, "connection", c));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Text text ? text.value() : value instanceof String plain ? plain : "";
    }
}
