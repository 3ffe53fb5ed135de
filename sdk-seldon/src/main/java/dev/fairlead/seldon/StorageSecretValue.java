package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class StorageSecretValue implements StorageSecret, Problems.Checked {
    @Override
    public StorageSecret.Builder toBuilder() {
        return ImmutableStorageSecret.builder().from(this);
    }

    @Override
    public Map<String, Object> toTree() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name());
        namespace().ifPresent(namespace -> metadata.put("namespace", namespace));
        Map<String, Object> data = new LinkedHashMap<>();
        String start = "RCLONE_CONFIG_" + scheme().toUpperCase(Locale.ROOT) + "_";
        options()
                .forEach((option, value) -> data.put(
                        start + option.toUpperCase(Locale.ROOT),
                        Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "Secret");
        tree.put("metadata", metadata);
        tree.put("type", "Opaque");
        tree.put("data", data);
        return tree;
    }

    @Override
    public void check(Problems at) {
        SeldonNames.checkSubdomain(at, "name", name());
        namespace().ifPresent(namespace -> SeldonNames.checkLabel(at, "namespace", namespace));
        at.require(
                scheme().matches("[a-z][a-z0-9]*"),
                "scheme",
                "must be lower-case letters and digits, for it becomes part of the names of variables",
                scheme());
        at.require(
                options().containsKey("type"),
                "options",
                "must hold the type of store",
                options().keySet());
        options()
                .keySet()
                .forEach(option -> at.require(
                        option.matches("[a-z][a-z0-9_]*"),
                        "options[" + option + "]",
                        "must be named by lower-case letters, digits and '_'",
                        option));
        boolean keys = options().containsKey("access_key_id") && options().containsKey("secret_access_key");
        at.require(
                !"s3".equals(options().get("type"))
                        || keys
                        || "true".equals(options().get("env_auth")),
                "options",
                "must hold both keys, or take the credentials of the pod",
                options().keySet());
    }

    /** Shows names only. */
    @Override
    public String toString() {
        return "StorageSecret[" + namespace().map(n -> n + "/").orElse("") + name() + " " + scheme() + " "
                + options().keySet() + "]";
    }

    abstract static class Builder extends ValueBuilder<StorageSecretValue> implements StorageSecret.Builder {}
}
