package dev.fairlead.testing.inference;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the ONNX file of a model. */
final class ModelFiles {
    private ModelFiles() {}

    static Path onnx(Path fileOrFolder) {
        if (Files.isRegularFile(fileOrFolder)) {
            return fileOrFolder;
        }
        Path description = fileOrFolder.resolve("MLmodel");
        if (!Files.isRegularFile(description)) {
            throw new ConfigurationException(
                    fileOrFolder + " is neither an ONNX file nor a folder with an MLmodel file");
        }
        try {
            Object tree = Yaml.read(Files.readString(description), description.toString());
            if (tree instanceof Map<?, ?> model
                    && model.get("flavors") instanceof Map<?, ?> flavors
                    && flavors.get("onnx") instanceof Map<?, ?> onnx
                    && onnx.get("data") instanceof String data) {
                return fileOrFolder.resolve(data);
            }
        } catch (IOException e) {
            throw new ConfigurationException(description + " cannot be read: " + e.getMessage(), e);
        }
        throw new ConfigurationException(description + " names no onnx flavor, the only one that is run here");
    }
}
