package dev.fairlead.kubernetes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is a volume of a pod: a name and the one source behind it.
 *
 * @param name its name within the pod
 * @param source the source as it stands in a pod, such as {@code {"emptyDir": {}}}
 */
public record Volume(String name, Map<String, Object> source) {
    /** Keeps the source as it is. */
    public Volume {
        source = Collections.unmodifiableMap(Trees.copy(source));
    }

    /** Mounts a PersistentVolumeClaim. */
    public static Volume claim(String name, String claimName) {
        return of(name, "persistentVolumeClaim", Map.of("claimName", claimName));
    }

    /** Mounts an empty directory on the node's disk that lives as long as the pod. */
    public static Volume emptyDir(String name) {
        return of(name, "emptyDir", Map.of());
    }

    /** Mounts an empty directory in memory, which counts against the memory limit; {@code size} is a quantity such as {@code 8Gi}. */
    public static Volume memory(String name, String size) {
        return of(name, "emptyDir", Trees.of("medium", "Memory", "sizeLimit", size));
    }

    /** Mounts the entries of a ConfigMap as files. */
    public static Volume configMap(String name, String configMap) {
        return of(name, "configMap", Map.of("name", configMap));
    }

    /** Mounts the entries of a Secret as files. */
    public static Volume secret(String name, String secret) {
        return of(name, "secret", Map.of("secretName", secret));
    }

    /** Mounts any other kind of source, given as it stands in a pod. */
    public static Volume of(String name, String kind, Map<String, ?> source) {
        return new Volume(name, Map.of(kind, source));
    }

    /** Returns the volume as it stands in a pod. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.putAll(source);
        return tree;
    }
}
