package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConflictException;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Apply;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes DAGs as entries of a ConfigMap. Each change names the state it was decided on, so that one made meanwhile is seen and looked at again.
 */
public final class ConfigMapPublisher implements DagPublisher {
    /** What the API server takes: the sum of all values. */
    private static final int LIMIT = 1 << 20;
    /** The longest name of a manager of fields. */
    private static final int MANAGER = 128;

    private static final int TRIES = 30;

    private final Supplier<KubeAccess> kube;
    private final String namespace;
    private final String name;

    ConfigMapPublisher(Supplier<KubeAccess> kube, String namespace, String name) {
        this.kube = kube;
        this.namespace = namespace;
        this.name = name;
    }

    /** Opens the publisher of a ConfigMap; opens no connection. */
    public static ConfigMapPublisher of(PlatformSpi platform, String namespace, String name) {
        return new ConfigMapPublisher(platform::kube, namespace, name);
    }

    /** The ConfigMap as it was read. */
    private record Entries(Map<String, Object> object) {
        Map<?, ?> part(String part) {
            return object.get(part) instanceof Map<?, ?> map ? map : Map.of();
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(part("data").get(key)).map(String::valueOf);
        }

        Map<String, Object> metadata(String namespace, String name) {
            Map<String, Object> metadata = new LinkedHashMap<>(Map.of("namespace", namespace, "name", name));
            if (part("metadata").get("resourceVersion") instanceof String version) {
                metadata.put("resourceVersion", version);
            }
            return metadata;
        }

        /** How many bytes all values but that of a key take. */
        int sizeWithout(String key) {
            int texts = part("data").entrySet().stream()
                    .filter(e -> !key.equals(e.getKey()))
                    .mapToInt(e -> size(String.valueOf(e.getValue())))
                    .sum();
            int binaries = part("binaryData").values().stream()
                    .mapToInt(v -> String.valueOf(v).length() / 4 * 3)
                    .sum();
            return texts + binaries;
        }

        static int size(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private Entries read() {
        return new Entries(kube.get().find(Kind.CONFIG_MAP, namespace, name).orElse(Map.of()));
    }

    private String place(String key) {
        return "ConfigMap " + namespace + "/" + name + " entry " + key;
    }

    @Override
    public Publication publish(String dagId, String source, boolean overwrite) {
        String key = RenderedDag.fileName(dagId);
        return undisturbed(() -> {
            Entries entries = read();
            Optional<String> there = entries.text(key);
            if (there.filter(source::equals).isPresent()) {
                return new Publication(false, Optional.empty());
            }
            if (!overwrite) {
                there.ifPresent(text -> OurFile.check(place(key), dagId, text));
            }
            checkSize(entries, key, source);
            Map<String, Object> object = new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "ConfigMap"));
            object.put("metadata", entries.metadata(namespace, name));
            object.put("data", Map.of(key, source));
            // a manager for each DAG: what a manager applies no more, the server would take away
            kube.get().apply(Kind.CONFIG_MAP, object, new Apply(manager(dagId), true, false));
            return new Publication(true, Optional.empty());
        });
    }

    private void checkSize(Entries entries, String key, String source) {
        int others = entries.sizeWithout(key);
        int size = Entries.size(source);
        if (others + size > LIMIT) {
            throw OurFile.refusal(
                    place(key),
                    " cannot be written: it takes " + size + " bytes, the other entries take " + others
                            + ", and a ConfigMap holds " + LIMIT + "; deliver to another ConfigMap, a folder or git",
                    null);
        }
    }

    private static String manager(String dagId) {
        String manager = "fairlead-dag-" + dagId;
        return manager.length() <= MANAGER
                ? manager
                : manager.substring(0, MANAGER - 9) + "-" + Integer.toHexString(dagId.hashCode());
    }

    /** Decides anew as long as others change the ConfigMap in between. */
    private static <T> T undisturbed(Supplier<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return change.get();
            } catch (ConflictException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public boolean remove(String dagId) {
        String key = RenderedDag.fileName(dagId);
        return undisturbed(() -> {
            Entries entries = read();
            Optional<String> there = entries.text(key);
            there.ifPresent(text -> {
                OurFile.check(place(key), dagId, text);
                Map<String, Object> gone = new LinkedHashMap<>();
                gone.put(key, null);
                kube.get()
                        .mergePatch(
                                Kind.CONFIG_MAP,
                                namespace,
                                name,
                                Map.of("metadata", entries.metadata(namespace, name), "data", gone),
                                "");
            });
            return there.isPresent();
        });
    }

    @Override
    public Optional<String> current(String dagId) {
        return read().text(RenderedDag.fileName(dagId));
    }

    @Override
    public String location() {
        return "configmap://" + namespace + "/" + name;
    }

    @Override
    public String toString() {
        return "ConfigMapPublisher[" + namespace + "/" + name + "]";
    }
}
