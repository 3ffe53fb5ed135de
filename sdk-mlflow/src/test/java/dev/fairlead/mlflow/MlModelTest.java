package dev.fairlead.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlModelTest {
    private static final String WRITTEN_BY_PYTHON = """
            artifact_path: model
            flavors:
              onnx:
                code: null
                data: model.onnx
                onnx_version: 1.23.2
                providers:
                - CPUExecutionProvider
              python_function:
                data: model.onnx
                loader_module: mlflow.onnx
                python_version: 3.11.7
            is_signature_from_type_hint: false
            mlflow_version: 3.17.2
            model_id: null
            model_size_bytes: 87
            model_uuid: cf8a4421b2ce4c0586ba7e4aa35fa342
            run_id: abc
            signature:
              inputs: '[{"name": "input", "type": "tensor", "tensor-spec": {"dtype": "float32",
                "shape": [-1, 3]}}]'
              outputs: '[{"type": "double", "name": "y", "required": true}, {"type": "array", "items": {"type": "long"}, "name": "z", "required": true}]'
              params: '[{"name": "depth", "default": 3, "shape": null, "type": "long"}]'
            utc_time_created: '2026-11-24 08:11:36.790275'
            """;

    @Test
    @Proves("mlflow.mlmodel")
    void parse_whatPythonWrote_keepsAll() {
        MlModel model = MlModel.parse(WRITTEN_BY_PYTHON);

        assertThat(model.artifactPath()).contains("model");
        assertThat(model.runId()).contains("abc");
        assertThat(model.modelSizeBytes()).contains(87L);
        assertThat(model.createdAt()).contains(Instant.parse("2026-11-24T08:11:36.790275Z"));
        assertThat(model.flavors()).containsOnlyKeys("onnx", "python_function");
        assertThat(model.additionalFields())
                .isEqualTo(Map.of("is_signature_from_type_hint", false, "mlflow_version", "3.17.2"));
        ModelSignature signature = model.signature().orElseThrow();
        assertThat(signature.inputs()).containsExactly(SignatureField.tensor("input", "float32", -1, 3));
        assertThat(signature.outputs().get(0)).isEqualTo(SignatureField.column("y", "double"));
        assertThat(signature.outputs().get(1)).isInstanceOf(SignatureField.Other.class);
        assertThat(signature.additionalFields()).containsOnlyKeys("params");
        assertThat(MlModel.parse(model.toYaml())).isEqualTo(model);
    }

    @Test
    @Proves("mlflow.mlmodel")
    void toYaml_textsThatPythonWouldTakeForOthers_areQuoted() {
        String yaml = MlModel.builder()
                .putFlavor("onnx", Map.of("data", "model.onnx"))
                .putMetadata("texts", List.of("yes", "2026-03-01", "1.0", "12:30", "null", "a: b", "# c", "", "plain"))
                .createdAt(Instant.parse("2026-03-01T12:00:00Z"))
                .build()
                .toYaml();

        assertThat(yaml).isEqualTo("""
                        flavors:
                          onnx:
                            data: model.onnx
                        metadata:
                          texts:
                          - 'yes'
                          - '2026-03-01'
                          - '1.0'
                          - '12:30'
                          - 'null'
                          - 'a: b'
                          - '# c'
                          - ''
                          - plain
                        utc_time_created: '2026-03-01 12:00:00.000000'
                        """);
    }

    @Test
    void read_noModelThere_namesTheFile(@TempDir Path folder) {
        assertThatThrownBy(() -> MlModel.read(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(folder + "/MLmodel")
                .hasMessageContaining("name a folder that MLflow saved a model in");
        assertThatThrownBy(() -> MlModel.parse("- a list")).hasMessageContaining("MLmodel is not an MLmodel file");
        assertThatThrownBy(() -> MlModel.parse("run_id: x")).hasMessageContaining("flavors must have at least one");
    }

    @Test
    void build_badSignature_namesEveryProblem() {
        assertThatThrownBy(() -> ModelSignature.builder()
                        .addInput("a", "float32", -1)
                        .addInput("a", "float32", -1)
                        .addOutput(SignatureField.tensor("", "float32", -1))
                        .addOutput(SignatureField.column("y", "double"))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("inputs must have different names")
                .hasMessageContaining("outputs[0].name must be set where there are several")
                .hasMessageContaining("outputs must be all tensors or all columns");
    }

    @Test
    void build_packageWithAFileThatLeadsOut_isRefused() {
        assertThatThrownBy(() -> ModelPackage.builder()
                        .descriptor(d -> d.putFlavor("x", Map.of()))
                        .putFile("../x", ArtifactSource.of("x"))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'../x'");
    }
}
