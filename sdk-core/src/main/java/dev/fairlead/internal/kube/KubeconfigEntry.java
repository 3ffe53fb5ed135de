package dev.fairlead.internal.kube;

import dev.fairlead.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cluster, user or context of a kubeconfig. Never shows its fields, for they hold secrets. */
final class KubeconfigEntry {
    private final String name;
    private final String place;
    private final Path file;
    private final Map<?, ?> fields;

    KubeconfigEntry(String name, String place, Path file, Map<?, ?> fields) {
        this.name = name;
        this.place = place;
        this.file = file;
        this.fields = fields;
    }

    String name() {
        return name;
    }

    Path file() {
        return file;
    }

    /** Makes the exception that names a field of this entry. */
    ConfigurationException wrong(String field, String rule) {
        return new ConfigurationException("the kubeconfig " + file + ", " + place + "." + field + " " + rule);
    }

    boolean has(String field) {
        Object value = fields.get(field);
        return value != null && !"".equals(value);
    }

    /** Returns a text, number or boolean as text; empty if absent or empty. */
    Optional<String> text(String field) {
        Object value = fields.get(field);
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw wrong(field, "must be text");
        }
        return Optional.ofNullable(value).map(String::valueOf).filter(text -> !text.isBlank());
    }

    boolean flag(String field) {
        return text(field).map(Boolean::parseBoolean).orElse(false);
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        Object value = fields.get(field);
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        } else if (value != null) {
            throw wrong(field, "must be a list");
        }
        return texts;
    }

    /** Returns the object at a field as an entry of its own, with this entry's file. */
    Optional<KubeconfigEntry> child(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(field, "must be an object");
        }
        return Optional.of(new KubeconfigEntry(name, place + "." + field, file, map));
    }

    /** Returns the objects of a list. */
    List<KubeconfigEntry> children(String field) {
        List<KubeconfigEntry> children = new ArrayList<>();
        Object value = fields.get(field);
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof Map<?, ?> map)) {
                    throw wrong(field, "must be a list of objects");
                }
                children.add(new KubeconfigEntry(name, place + "." + field + "[" + children.size() + "]", file, map));
            }
        } else if (value != null) {
            throw wrong(field, "must be a list");
        }
        return children;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (value != null) {
                tree.put(String.valueOf(key), value);
            }
        });
        return tree;
    }

    /** Returns a path, meant from the kubeconfig's folder where it is relative. */
    Optional<Path> path(String field) {
        return text(field).map(this::resolve);
    }

    Path resolve(String path) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of(path) : folder.resolve(path);
    }

    /** Returns content given in place ({@code field-data}, Base64) or in a file ({@code field}); the former wins, as in kubectl. */
    Optional<byte[]> content(String field) {
        Optional<String> data = text(field + "-data");
        if (data.isPresent()) {
            try {
                return Optional.of(Base64.getDecoder().decode(data.get().replaceAll("\\s", "")));
            } catch (IllegalArgumentException e) {
                throw wrong(field + "-data", "must be Base64");
            }
        }
        return path(field).map(path -> {
            try {
                return Files.readAllBytes(path);
            } catch (IOException e) {
                throw wrong(field, "names " + path + ", which cannot be read: " + e);
            }
        });
    }

    @Override
    public String toString() {
        return "'" + name + "' of the kubeconfig " + file;
    }
}
