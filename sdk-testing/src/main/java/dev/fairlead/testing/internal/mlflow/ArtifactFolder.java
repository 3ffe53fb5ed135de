package dev.fairlead.testing.internal.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The artifacts as local files. Those of a {@code file:} location lie there, those of other stores under a folder of their scheme. */
final class ArtifactFolder {
    private final Path root;

    ArtifactFolder(Path root) {
        this.root = root;
    }

    /** Returns the folder of an artifact address, below the root or absolute. */
    static String path(String artifactUri) {
        URI uri = URI.create(artifactUri);
        if ("file".equals(uri.getScheme())) {
            return uri.getPath();
        }
        String path = String.valueOf(uri.getPath()).replaceAll("^/+|/+$", "");
        return "mlflow-artifacts".equals(uri.getScheme())
                ? path
                : uri.getScheme() + "/" + uri.getRawAuthority() + "/" + path;
    }

    /** Refuses paths that the server refuses. */
    static void check(String path) {
        String decoded = path;
        for (int i = 0; i < 10 && decoded.contains("%"); i++) {
            try {
                String next = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (next.equals(decoded)) {
                    break;
                }
                decoded = next;
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        boolean bad = decoded.startsWith("/")
                || decoded.contains("\\")
                || decoded.contains("#")
                || decoded.matches("[A-Za-z]:.*")
                || List.of(decoded.split("/", -1)).contains("..");
        if (bad) {
            throw Refusal.invalid("Invalid path");
        }
    }

    /** Stores a file below a folder that {@link #path} returned; empty for the root. */
    void put(String folder, String path, InputStream content) throws IOException {
        check(path);
        Path target = root.resolve(folder).resolve(path);
        Path part = Files.createDirectories(root).resolve(".part-" + UUID.randomUUID());
        try {
            Files.copy(content, part);
            Files.createDirectories(target.getParent());
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new IOException("a file stands where a folder is needed", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Returns a file below a folder; refuses what is missing. */
    Path file(String folder, String path) {
        check(path);
        Path file = root.resolve(folder).resolve(path);
        if (!Files.exists(file)) {
            throw Refusal.missing("No such artifact: '" + path + "'");
        }
        return file;
    }

    void delete(String path) throws IOException {
        check(path);
        Path start = root.resolve(path);
        if (Files.exists(start)) {
            try (Stream<Path> all = Files.walk(start)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Lists a folder; names start with the prefix. An empty file has no size on the wire. */
    List<Map<String, Object>> list(String path, String prefix) throws IOException {
        Path folder = root.resolve(path);
        List<Map<String, Object>> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> children = Files.list(folder)) {
                for (Path child : children.sorted().toList()) {
                    boolean directory = Files.isDirectory(child);
                    Map<String, Object> file = Wire.object("path", prefix + child.getFileName(), "is_dir", directory);
                    if (!directory && Files.size(child) > 0) {
                        file.put("file_size", Files.size(child));
                    }
                    files.add(file);
                }
            }
        }
        return files;
    }
}
