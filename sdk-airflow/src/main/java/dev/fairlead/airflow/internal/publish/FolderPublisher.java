package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Writes DAGs to a folder: first beside it under a name that Airflow passes over, then moved in one step. */
public final class FolderPublisher implements DagPublisher {
    private final Path folder;

    /** Creates the publisher of a folder. */
    public FolderPublisher(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Publication publish(String dagId, String source, boolean overwrite) {
        Path file = folder.resolve(RenderedDag.fileName(dagId));
        Optional<String> there = read(file);
        if (there.filter(source::equals).isPresent()) {
            return new Publication(false, Optional.empty());
        }
        if (!overwrite) {
            there.ifPresent(text -> OurFile.check(file.toString(), dagId, text));
        }
        write(file, source);
        return new Publication(true, Optional.empty());
    }

    @Override
    public boolean remove(String dagId) {
        Path file = folder.resolve(RenderedDag.fileName(dagId));
        Optional<String> there = read(file);
        there.ifPresent(text -> OurFile.check(file.toString(), dagId, text));
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("cannot remove", file, e);
        }
    }

    @Override
    public Optional<String> current(String dagId) {
        return read(folder.resolve(RenderedDag.fileName(dagId)));
    }

    @Override
    public String location() {
        return folder.toString();
    }

    private void write(Path file, String source) {
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".fairlead-", ".tmp");
            try {
                Files.writeString(beside, source, StandardCharsets.UTF_8);
                readableByAll(beside);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw failed("cannot write", file, e);
        }
    }

    /** A temporary file is its owner's alone, but Airflow mostly runs as another user. */
    private static void readableByAll(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private Optional<String> read(Path file) {
        try {
            // what is not UTF-8 is not ours, and is told so
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("cannot read", file, e);
        }
    }

    private static DagFileException failed(String what, Path file, IOException e) {
        return new DagFileException(
                what + " " + file + ": " + e
                        + "; the setting airflow.dags-dir must name a folder that this program may write",
                file.toString(),
                e);
    }

    @Override
    public String toString() {
        return "FolderPublisher[" + folder + "]";
    }
}
