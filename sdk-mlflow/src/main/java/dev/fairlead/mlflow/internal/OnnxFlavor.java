package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.ExampleInput;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelSignature;
import dev.fairlead.spi.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes packages of ONNX files, as Python's {@code mlflow.onnx} writes them. */
public final class OnnxFlavor implements ModelPackage.OnnxBuilder {
    private static final String FILE = "model.onnx";

    private final ArtifactSource model;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private @Nullable ModelSignature signature;
    private @Nullable ExampleInput example;
    private List<String> requirements = List.of("mlflow", "onnx", "onnxruntime");
    private List<String> providers = List.of("CPUExecutionProvider");
    private String pythonVersion = "3.11";

    /** Starts a package. */
    public OnnxFlavor(ArtifactSource model) {
        this.model = model;
    }

    @Override
    public ModelPackage.OnnxBuilder signature(ModelSignature signature) {
        this.signature = signature;
        return this;
    }

    @Override
    public ModelPackage.OnnxBuilder inputExample(ExampleInput example) {
        this.example = example;
        return this;
    }

    @Override
    public ModelPackage.OnnxBuilder putMetadata(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    @Override
    public ModelPackage.OnnxBuilder requirements(Iterable<String> requirements) {
        this.requirements = copy(requirements);
        return this;
    }

    @Override
    public ModelPackage.OnnxBuilder pythonVersion(String version) {
        this.pythonVersion = version;
        return this;
    }

    @Override
    public ModelPackage.OnnxBuilder providers(Iterable<String> providers) {
        this.providers = copy(providers);
        return this;
    }

    @Override
    public ModelPackage build() {
        MlModel.Builder descriptor = MlModel.builder()
                .putFlavor("onnx", onnx())
                .putFlavor("python_function", pythonFunction())
                .metadata(metadata);
        if (signature != null) {
            descriptor.signature(signature);
        }
        ModelPackage onnx = ModelPackage.builder()
                .descriptor(descriptor.build())
                .putFile(FILE, model)
                .putFile("requirements.txt", ArtifactSource.of(String.join("\n", requirements) + "\n"))
                .putFile("python_env.yaml", ArtifactSource.of(Yaml.writeForYaml11(pythonEnv())))
                .putFile("conda.yaml", ArtifactSource.of(Yaml.writeForYaml11(condaEnv())))
                .build();
        return example == null ? onnx : onnx.withInputExample(example);
    }

    private Map<String, Object> onnx() {
        Map<String, Object> flavor = new LinkedHashMap<>();
        flavor.put("data", FILE);
        flavor.put("onnx_version", "1.16.0");
        flavor.put("providers", providers);
        return flavor;
    }

    private Map<String, Object> pythonFunction() {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("conda", "conda.yaml");
        environment.put("virtualenv", "python_env.yaml");
        Map<String, Object> flavor = new LinkedHashMap<>();
        flavor.put("data", FILE);
        flavor.put("env", environment);
        flavor.put("loader_module", "mlflow.onnx");
        flavor.put("python_version", pythonVersion);
        return flavor;
    }

    private Map<String, Object> pythonEnv() {
        Map<String, Object> env = new LinkedHashMap<>();
        env.put("python", pythonVersion);
        env.put("build_dependencies", List.of("pip", "setuptools", "wheel"));
        env.put("dependencies", List.of("-r requirements.txt"));
        return env;
    }

    private Map<String, Object> condaEnv() {
        Map<String, Object> env = new LinkedHashMap<>();
        env.put("channels", List.of("conda-forge"));
        env.put("dependencies", List.of("python=" + pythonVersion, "pip", Map.of("pip", requirements)));
        env.put("name", "mlflow-env");
        return env;
    }

    private static List<String> copy(Iterable<String> texts) {
        List<String> copy = new ArrayList<>();
        texts.forEach(copy::add);
        return List.copyOf(copy);
    }
}
