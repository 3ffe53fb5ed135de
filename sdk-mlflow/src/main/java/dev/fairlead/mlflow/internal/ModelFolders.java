package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads and writes model packages as local folders. */
public final class ModelFolders {
    private ModelFolders() {}

    /** Takes a folder. */
    public static ModelPackage read(Path folder) {
        ModelPackage.Builder model = ModelPackage.builder().descriptor(MlModel.read(folder));
        for (Path file : files(folder)) {
            String path = relative(folder, file);
            if (!path.equals(MlModel.FILE)) {
                model.putFile(path, ArtifactSource.of(file));
            }
        }
        return model.build();
    }

    /** Writes a package into a folder. */
    public static void write(ModelPackage model, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, ArtifactSource> file : model.files().entrySet()) {
                Path target = Paths.local(folder, file.getKey());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                try (InputStream in = file.getValue().open()) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.writeString(folder.resolve(MlModel.FILE), model.descriptor().toYaml());
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + folder, e);
        }
    }

    /** Lists all files below a folder, in the order of their names. */
    static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new ConfigurationException("the folder " + folder + " cannot be read: " + e, e);
        }
    }

    /** Returns a file's path below a folder, with {@code /} between folders. */
    static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
