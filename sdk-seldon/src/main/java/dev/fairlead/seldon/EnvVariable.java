package dev.fairlead.seldon;

import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Is one variable of a container, as it stands in the object.
 *
 * @param tree {@code name} and {@code value} or {@code valueFrom}
 */
public record EnvVariable(Map<String, Object> tree) {
    /** Keeps a copy. */
    public EnvVariable {
        tree = Collections.unmodifiableMap(Trees.copy(tree));
    }

    /** Makes a variable with a plain value. */
    public static EnvVariable of(String name, String value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("value", value);
        return new EnvVariable(tree);
    }

    /** Makes a variable from an entry of a Secret; its value never passes through this program. */
    public static EnvVariable of(String name, SecretRef secret) {
        return from(name, "secretKeyRef", Map.of("name", secret.name(), "key", secret.key()));
    }

    /** Makes a variable from a field of the pod, such as {@code metadata.name}. */
    public static EnvVariable ofField(String name, String fieldPath) {
        return from(name, "fieldRef", Map.of("fieldPath", fieldPath));
    }

    private static EnvVariable from(String name, String source, Map<String, String> reference) {
        return new EnvVariable(Map.of("name", name, "valueFrom", Map.of(source, reference)));
    }

    /** Returns the name; empty where there is none. */
    public String name() {
        return Trees.text(tree, "name");
    }

    /** Returns the plain value. */
    public Optional<String> value() {
        return tree.get("value") instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns where the value is, if it is in a Secret. */
    public Optional<SecretRef> secret() {
        Map<String, Object> secret = Trees.at(tree, "valueFrom", "secretKeyRef");
        return secret.isEmpty()
                ? Optional.empty()
                : Optional.of(SecretRef.of(Trees.text(secret, "name"), Trees.text(secret, "key")));
    }

    /** Shows the name and where the value is; a plain value is not shown, for it may be a secret all the same. */
    @Override
    public String toString() {
        return name() + secret().map(s -> " from " + s).orElse("");
    }
}
