package dev.fairlead.contract.seldon;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of Seldon and KServe that a folder holds: in YAML and JSON, in cells of notebooks and in documents in Markdown. */
final class Samples {
    private static final Pattern OURS = Pattern.compile(
            "(?m)apiVersion\"?:\\s*\"?(machinelearning\\.seldon\\.io|mlops\\.seldon\\.io|serving\\.kserve\\.io)/");
    private static final Pattern CELL =
            Pattern.compile("\\A\\s*%%writefile\\s+\\S+\\.(?:ya?ml|json)\\s*\\n(.*)\\z", Pattern.DOTALL);
    private static final Pattern HEREDOC =
            Pattern.compile("<<-?\\s*['\"]?(\\w+)['\"]?[^\\n]*\\n(.*?)\\n\\s*\\1", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("(?m)^```ya?ml[^\\n]*\\n(.*?)^```", Pattern.DOTALL);

    private final List<Sample> objects = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /**
     * An object.
     *
     * @param place its file, and its number there
     * @param tree the object
     */
    record Sample(String place, Map<String, Object> tree) {
        String kind() {
            return String.valueOf(tree.get("kind"));
        }

        String apiVersion() {
            return String.valueOf(tree.get("apiVersion"));
        }
    }

    /** Reads a folder and all below it. */
    static Samples in(Path folder) throws IOException {
        Samples samples = new Samples();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            List<String> texts = samples.texts(file);
            for (int i = 0; i < texts.size(); i++) {
                String place = folder.relativize(file) + (texts.size() > 1 ? " #" + (i + 1) : "");
                samples.add(place, texts.get(i));
            }
        }
        return samples;
    }

    List<Sample> objects() {
        return objects;
    }

    /** Returns what looks like one of the objects and is no YAML, such as a template. */
    List<String> unread() {
        return unread;
    }

    private List<String> texts(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.matches(".*\\.(ya?ml|json|ipynb|md)")) {
            return List.of();
        }
        String text = Files.readString(file);
        if (!OURS.matcher(text.replace("\\\"", "\"")).find()) {
            return List.of();
        }
        Stream<String> parts;
        if (name.endsWith(".ipynb")) {
            parts = cells(file, text).flatMap(Samples::written);
        } else if (name.endsWith(".md")) {
            parts = FENCE.matcher(text).results().map(m -> m.group(1));
        } else {
            parts = Stream.of(text);
        }
        return parts.flatMap(part -> Stream.of(part.split("(?m)^---.*$")))
                .filter(part -> OURS.matcher(part).find())
                .toList();
    }

    /** The sources of a notebook's cells. */
    private Stream<String> cells(Path file, String notebook) {
        Object cells;
        try {
            cells = JsonCodec.camelCase()
                    .object(notebook.getBytes(StandardCharsets.UTF_8), file.toString())
                    .get("cells");
        } catch (InvalidResponseException e) {
            unread.add(e.getMessage());
            return Stream.empty();
        }
        return cells instanceof List<?> list
                ? list.stream().map(cell -> {
                    Object source = ((Map<?, ?>) cell).get("source");
                    return source instanceof List<?> lines
                            ? lines.stream().map(String::valueOf).collect(Collectors.joining())
                            : String.valueOf(source);
                })
                : Stream.empty();
    }

    private static Stream<String> written(String cell) {
        Matcher file = CELL.matcher(cell);
        return file.matches()
                ? Stream.of(file.group(1))
                : HEREDOC.matcher(cell).results().map(m -> m.group(2));
    }

    private void add(String place, String text) {
        if (text.contains("{{")) {
            unread.add(place + " is a template");
            return;
        }
        Object tree;
        try {
            tree = place.matches(".*\\.json( #\\d+)?")
                    ? JsonCodec.camelCase().object(text.getBytes(StandardCharsets.UTF_8), place)
                    : Yaml.read(text, place);
        } catch (ConfigurationException | InvalidResponseException e) {
            unread.add(e.getMessage());
            return;
        }
        add(place, tree);
    }

    private void add(String place, Object tree) {
        if (!(tree instanceof Map<?, ?> object)) {
            return;
        }
        if (object.get("items") instanceof List<?> items) {
            items.forEach(item -> add(place, item));
        } else if (String.valueOf(object.get("apiVersion"))
                .matches("(machinelearning|mlops)\\.seldon\\.io/.*|serving\\.kserve\\.io/.*")) {
            @SuppressWarnings("unchecked")
            Map<String, Object> found = (Map<String, Object>) object;
            objects.add(new Sample(place, found));
        }
    }
}
