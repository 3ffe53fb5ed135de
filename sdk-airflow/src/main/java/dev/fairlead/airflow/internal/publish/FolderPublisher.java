package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.render.Header;
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
    public boolean publish(RenderedDag dag) {
        Path file = folder.resolve(dag.fileName());
        Optional<String> there = read(file);
        if (there.filter(dag.source()::equals).isPresent()) {
            return false;
        }
        there.ifPresent(text -> checkOurs(file, dag.dag().id(), text));
        write(file, dag.source());
        return true;
    }

    @Override
    public boolean remove(String dagId) {
        Path file = folder.resolve(RenderedDag.fileName(dagId));
        Optional<String> there = read(file);
        there.ifPresent(text -> checkOurs(file, dagId, text));
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

    private static void checkOurs(Path file, String dagId, String text) {
        Header header = Header.read(text)
                .orElseThrow(() -> new DagFileException(
                        file + " was not written by Fairlead and is left as it is; move it away, or give the DAG '"
                                + dagId + "' another id",
                        file.toString(),
                        null));
        if (!header.untouched()) {
            throw new DagFileException(
                    file
                            + " was changed by hand since Fairlead wrote it and is left as it is; take the change over into the Java "
                            + "program and remove the file",
                    file.toString(),
                    null);
        }
        if (!header.dagId().equals(dagId)) {
            throw new DagFileException(
                    file + " holds the DAG '" + header.dagId() + "', not '" + dagId + "', and is left as it is",
                    file.toString(),
                    null);
        }
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
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
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
