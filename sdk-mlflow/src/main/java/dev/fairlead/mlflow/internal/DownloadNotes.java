package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was noted of downloaded files, in a file of the target folder: the SHA-256 of each. The run's own notes count before it. */
final class DownloadNotes {
    static final String FILE = ".fairlead-artifacts";

    private final Path file;
    private final String prefix;
    private final @Nullable Notes ofRun;
    /** By the address of the artifact: SHA-256 and size. */
    private final Map<String, String> known;

    private DownloadNotes(Path file, String prefix, @Nullable Notes ofRun, Map<String, String> known) {
        this.file = file;
        this.prefix = prefix;
        this.ofRun = ofRun;
        this.known = known;
    }

    static DownloadNotes read(Api api, ArtifactOwner owner, URI root, Path folder) {
        Path file = folder.resolve(FILE);
        Map<String, String> known = new ConcurrentHashMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split(" ", 3);
                    if (parts.length == 3) {
                        known.put(parts[2], parts[0] + " " + parts[1]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        Notes ofRun = owner instanceof ArtifactOwner.OfRun run ? Notes.read(api, run.id()) : null;
        return new DownloadNotes(file, root + "/", ofRun, known);
    }

    /** Returns whether the local file certainly has the artifact's content. */
    boolean same(Artifact artifact, Path local) {
        try {
            if (!Files.isRegularFile(local) || Files.size(local) != artifact.size()) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        String noted = ofRun == null ? null : ofRun.of(artifact.path(), artifact.size());
        if (noted != null) {
            return noted.equals(Notes.sha256(local));
        }
        String own = known.get(prefix + artifact.path());
        return own != null && own.equals(Notes.sha256(local) + " " + artifact.size());
    }

    void add(Artifact artifact, Path local) {
        known.put(prefix + artifact.path(), Notes.sha256(local) + " " + artifact.size());
    }

    void write() {
        if (known.isEmpty()) {
            return;
        }
        Path folder = Objects.requireNonNull(file.getParent());
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, FILE, ".part");
            Files.writeString(
                    part,
                    new TreeMap<>(known)
                            .entrySet().stream()
                                    .map(e -> e.getValue() + " " + e.getKey() + "\n")
                                    .collect(Collectors.joining()));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
