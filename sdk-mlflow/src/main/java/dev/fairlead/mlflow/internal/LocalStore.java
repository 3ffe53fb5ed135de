package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Body;
import dev.fairlead.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder of this machine as a store of objects. */
final class LocalStore implements ObjectStore {
    private final Path root;

    private LocalStore(Path root) {
        this.root = root;
    }

    /**
     * Opens the store of some artifacts, where the location of their experiment is a folder of this machine.
     *
     * @param ownFolders how many folders below that location are theirs alone
     */
    static Optional<LocalStore> of(URI root, int ownFolders) {
        Path folder = file(root);
        Path location = folder;
        for (int i = 0; i < ownFolders && location != null; i++) {
            location = location.getParent();
        }
        return location != null && location.getNameCount() > 0 && Files.isDirectory(location)
                ? Optional.of(new LocalStore(folder))
                : Optional.empty();
    }

    private static Path file(URI address) {
        return Path.of(Objects.requireNonNullElse(address.getPath(), "")).normalize();
    }

    private Path inside(URI address) {
        Path file = file(address);
        if (!file.startsWith(root)) {
            throw new IllegalArgumentException(address + " lies outside of " + root);
        }
        return file;
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    public Stream<Stored> list(URI folder) {
        Path start = inside(folder);
        if (!Files.isDirectory(start)) {
            return Stream.empty();
        }
        try {
            return Files.walk(start).filter(Files::isRegularFile).map(LocalStore::stored);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + start + " cannot be read", e);
        }
    }

    private static Stored stored(Path file) {
        try {
            return new Stored(file.toUri(), Files.size(file), "");
        } catch (IOException e) {
            throw new UncheckedIOException("the size of " + file + " cannot be read", e);
        }
    }

    @Override
    public Optional<Stored> find(URI object) {
        Path file = inside(object);
        return Files.isRegularFile(file) ? Optional.of(stored(file)) : Optional.empty();
    }

    @Override
    public InputStream open(URI object, long offset, long length) {
        Path file = inside(object);
        try {
            return FileParts.read(file, new FileParts.Part(1, offset, length < 0 ? Files.size(file) - offset : length))
                    .open();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    @Override
    public void put(URI object, Body.Source content, long length) throws IOException {
        Path file = inside(object);
        Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            try (InputStream in = content.open()) {
                Files.copy(in, part);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void delete(URI object) {
        Path file = inside(object);
        try {
            if (Files.isDirectory(file)) {
                deleteEmpty(file);
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }

    private static void deleteEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isDirectory)
                    .sorted((a, b) -> b.compareTo(a))
                    .toList()) {
                Files.delete(each);
            }
        } catch (DirectoryNotEmptyException e) {
            // somebody wrote into it meanwhile: that stays
        }
    }
}
