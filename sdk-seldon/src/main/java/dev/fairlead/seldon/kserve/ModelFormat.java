package dev.fairlead.seldon.kserve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the format of a model, by which KServe finds a runtime. An open word: a cluster's own runtimes may know others.
 *
 * @param name such as {@code sklearn} or {@code mlflow}
 * @param version the format's version, or {@code null} for any
 */
public record ModelFormat(String name, @Nullable String version) {
    /** A model of scikit-learn. */
    public static final ModelFormat SKLEARN = of("sklearn");

    /** A model of XGBoost. */
    public static final ModelFormat XGBOOST = of("xgboost");

    /** A model of LightGBM. */
    public static final ModelFormat LIGHTGBM = of("lightgbm");

    /** A folder that MLflow wrote. */
    public static final ModelFormat MLFLOW = of("mlflow");

    /** An ONNX file. */
    public static final ModelFormat ONNX = of("onnx");

    /** A model of TensorFlow. */
    public static final ModelFormat TENSORFLOW = of("tensorflow");

    /** A model of PyTorch. */
    public static final ModelFormat PYTORCH = of("pytorch");

    /** A repository of Triton's. */
    public static final ModelFormat TRITON = of("triton");

    /** A model of Hugging Face. */
    public static final ModelFormat HUGGINGFACE = of("huggingface");

    /** Names one in any version. */
    public static ModelFormat of(String name) {
        return new ModelFormat(name, null);
    }

    /** Returns the same in one version. */
    public ModelFormat inVersion(String other) {
        return new ModelFormat(name, other);
    }

    /** Returns the version. */
    public Optional<String> exactVersion() {
        return Optional.ofNullable(version);
    }

    @Override
    public String toString() {
        return version == null ? name : name + " " + version;
    }
}
