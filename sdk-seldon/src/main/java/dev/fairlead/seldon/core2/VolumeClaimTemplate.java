package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Is a volume that every pod of a server or component gets for its own, and keeps.
 *
 * @param tree {@code name} and {@code spec}, the spec of a PersistentVolumeClaim, as they stand in the object
 */
public record VolumeClaimTemplate(Map<String, Object> tree) {
    /** Keeps a copy. */
    public VolumeClaimTemplate {
        tree = Collections.unmodifiableMap(Trees.copy(tree));
    }

    /** Makes a volume of a size such as {@code 1Gi} that one node at a time may write. */
    public static VolumeClaimTemplate of(String name, String size) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("accessModes", List.of("ReadWriteOnce"));
        spec.put("resources", Map.of("requests", Map.of("storage", size)));
        return of(name, spec);
    }

    /** Makes a volume of the spec of a PersistentVolumeClaim. */
    public static VolumeClaimTemplate of(String name, Map<String, ? extends Object> spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("spec", spec);
        return new VolumeClaimTemplate(tree);
    }

    /** Takes the volume from a class of storage. */
    public VolumeClaimTemplate storageClass(String name) {
        Map<String, Object> spec = Trees.copy(Trees.at(tree, "spec"));
        spec.put("storageClassName", name);
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        changed.put("spec", spec);
        return new VolumeClaimTemplate(changed);
    }

    /** Returns the name; empty where there is none. */
    public String name() {
        return Trees.text(tree, "name");
    }

    /** Returns the spec of the PersistentVolumeClaim; empty where there is none. */
    public Map<String, Object> spec() {
        return Trees.at(tree, "spec");
    }
}
