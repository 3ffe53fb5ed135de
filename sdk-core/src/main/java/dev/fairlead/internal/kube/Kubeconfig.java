package dev.fairlead.internal.kube;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Kubeconfig files, merged as kubectl merges them: the first file that names a cluster, user or context decides it, and the first that
 * names a current context sets it. Each entry remembers its file, since relative paths in it are meant from there.
 */
final class Kubeconfig {
    private final List<Path> files;
    private final Map<String, Map<String, KubeconfigEntry>> entries;
    private final @Nullable String current;

    private Kubeconfig(List<Path> files, Map<String, Map<String, KubeconfigEntry>> entries, @Nullable String current) {
        this.files = files;
        this.entries = entries;
        this.current = current;
    }

    /**
     * What a context stands for.
     *
     * @param name the context
     * @param namespace its namespace, or {@code null}
     * @param cluster its cluster
     * @param user its user, or {@code null} where it names none
     */
    record Context(
            String name,
            @Nullable String namespace,
            KubeconfigEntry cluster,
            @Nullable KubeconfigEntry user) {}

    /** Reads the files, all of which exist. */
    static Kubeconfig read(List<Path> files) {
        Map<String, Map<String, KubeconfigEntry>> entries = new LinkedHashMap<>();
        String current = null;
        for (Path file : files) {
            Map<?, ?> tree = tree(file);
            for (String list : List.of("clusters", "users", "contexts")) {
                take(file, tree, list, entries.computeIfAbsent(list, key -> new LinkedHashMap<>()));
            }
            if (current == null && tree.get("current-context") instanceof String name && !name.isBlank()) {
                current = name;
            }
        }
        return new Kubeconfig(List.copyOf(files), entries, current);
    }

    private static Map<?, ?> tree(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigurationException("the kubeconfig " + file + " cannot be read: " + e, e);
        }
        Object tree = Yaml.read(text, "the kubeconfig " + file);
        if (tree == null) {
            return Map.of();
        }
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw new ConfigurationException(
                "the kubeconfig " + file + " must hold clusters, users and contexts; it holds no keys at all");
    }

    private static void take(Path file, Map<?, ?> tree, String list, Map<String, KubeconfigEntry> into) {
        Object value = tree.get(list);
        if (value == null) {
            return;
        }
        if (!(value instanceof List<?> elements)) {
            throw new ConfigurationException("the kubeconfig " + file + " must hold a list at " + list);
        }
        String field = list.substring(0, list.length() - 1);
        int i = 0;
        for (Object element : elements) {
            String place = list + "[" + i++ + "]";
            if (!(element instanceof Map<?, ?> map) || map.get("name") == null) {
                throw new ConfigurationException(
                        "the kubeconfig " + file + " must hold an object with a name at " + place);
            }
            Object fields = map.get(field);
            if (fields != null && !(fields instanceof Map<?, ?>)) {
                throw new ConfigurationException(
                        "the kubeconfig " + file + " must hold an object at " + place + "." + field);
            }
            String name = String.valueOf(map.get("name"));
            Map<?, ?> body = fields instanceof Map<?, ?> present ? present : Map.of();
            into.putIfAbsent(name, new KubeconfigEntry(name, list + "[" + name + "]", file, body));
        }
    }

    /** Returns whether it names a current context. */
    boolean hasCurrentContext() {
        return current != null;
    }

    /** Resolves a context, the current one for {@code null}. */
    Context context(@Nullable String wanted) {
        String name = wanted == null ? current : wanted;
        if (name == null) {
            throw new ConfigurationException(this + " names no current-context; " + choose());
        }
        KubeconfigEntry context = entry("contexts", name)
                .orElseThrow(() -> new ConfigurationException(this + " has no context '" + name + "'; " + choose()));
        KubeconfigEntry cluster = named(context, "cluster", "clusters")
                .orElseThrow(() -> context.wrong("cluster", "must name a cluster"));
        KubeconfigEntry user = named(context, "user", "users").orElse(null);
        return new Context(name, context.text("namespace").orElse(null), cluster, user);
    }

    private Optional<KubeconfigEntry> named(KubeconfigEntry context, String field, String list) {
        return context.text(field)
                .map(name -> entry(list, name)
                        .orElseThrow(() -> context.wrong(
                                field, "names '" + name + "', which is not among the " + list + " " + names(list))));
    }

    private Optional<KubeconfigEntry> entry(String list, String name) {
        return Optional.ofNullable(entries.getOrDefault(list, Map.of()).get(name));
    }

    private List<String> names(String list) {
        return new ArrayList<>(entries.getOrDefault(list, Map.of()).keySet());
    }

    private String choose() {
        List<String> names = names("contexts");
        if (names.isEmpty()) {
            return "it has no contexts at all";
        }
        return "it has " + String.join(", ", names)
                + ": choose one with MlPlatform.builder().kubeContext(…) or FAIRLEAD_KUBERNETES_CONTEXT";
    }

    @Override
    public String toString() {
        return "the kubeconfig " + files.stream().map(Path::toString).collect(Collectors.joining(" with "));
    }
}
