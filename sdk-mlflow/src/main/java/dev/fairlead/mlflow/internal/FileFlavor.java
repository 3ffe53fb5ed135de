package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.ExampleInput;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelSignature;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes packages of one file. */
public final class FileFlavor implements ModelPackage.FileBuilder {
    private final String flavor;
    private final String name;
    private final ArtifactSource content;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private @Nullable ModelSignature signature;
    private @Nullable ExampleInput example;

    /** Starts a package. */
    public FileFlavor(String flavor, String name, ArtifactSource content) {
        this.flavor = flavor;
        this.name = name;
        this.content = content;
        settings.put("data", name);
    }

    @Override
    public ModelPackage.FileBuilder putSetting(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public ModelPackage.FileBuilder signature(ModelSignature signature) {
        this.signature = signature;
        return this;
    }

    @Override
    public ModelPackage.FileBuilder putMetadata(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    @Override
    public ModelPackage.FileBuilder inputExample(ExampleInput example) {
        this.example = example;
        return this;
    }

    @Override
    public ModelPackage build() {
        MlModel.Builder descriptor =
                MlModel.builder().putFlavor(flavor, settings).metadata(metadata);
        if (signature != null) {
            descriptor.signature(signature);
        }
        ModelPackage model = ModelPackage.builder()
                .descriptor(descriptor.build())
                .putFile(name, content)
                .build();
        return example == null ? model : model.withInputExample(example);
    }
}
