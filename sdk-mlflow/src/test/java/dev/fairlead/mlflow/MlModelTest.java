package dev.fairlead.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Yaml;
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
        assertThat(model.mlflowVersion()).contains("3.17.2");
        assertThat(model.additionalFields()).isEqualTo(Map.of("is_signature_from_type_hint", false));
        ModelSignature signature = model.signature().orElseThrow();
        assertThat(signature.inputs()).containsExactly(SignatureField.tensor("input", "float32", -1, 3));
        assertThat(signature.outputs().get(0)).isEqualTo(SignatureField.column("y", "double"));
        assertThat(signature.outputs().get(1)).isInstanceOf(SignatureField.Other.class);
        assertThat(signature.params()).containsExactly(SignatureParam.of("depth", 3));
        assertThat(signature.additionalFields()).isEmpty();
        assertThat(MlModel.parse(model.toYaml())).isEqualTo(model);
    }

    /** What Python's MLflow 3.17.2 wrote for a signature with every kind of parameter, and an example. */
    private static final String RECORDED = """
            flavors:
              python_function:
                loader_module: mlflow.pyfunc.model
                python_model: python_model.pkl
                streamable: false
            metadata:
              k:
              - 1
              - z: true
            mlflow_version: 3.17.2
            model_id: m-0123456789abcdef0123456789abcdef
            model_size_bytes: 1716
            model_uuid: m-0123456789abcdef0123456789abcdef
            saved_input_example_info:
              artifact_path: input_example.json
              pandas_orient: split
              serving_input_path: serving_input_example.json
              type: dataframe
            signature:
              inputs: '[{"type": "double", "name": "a", "required": true}, {"type": "long", "name": "b", "required": false}, {"type": "array", "items": {"type": "double"}, "name": "arr", "required": true}, {"type": "object", "properties": {"x": {"type": "long", "required": true}}, "name": "obj", "required": true}, {"type": "map", "values": {"type": "float"}, "name": "mp", "required": true}]'
              outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}, "name": "o"}]'
              params: '[{"name": "depth", "default": 3, "shape": null, "type": "long"}, {"name": "temp", "default": 0.5, "shape": null, "type": "double"}, {"name": "on", "default": true, "shape": null, "type": "boolean"}, {"name": "stops", "default": ["a", "b"], "shape": [-1], "type": "string"}, {"name": "none", "default": null, "shape": null, "type": "double"}, {"name": "when", "default": "2026-01-02T03:04:05", "shape": null, "type": "datetime"}, {"name": "cfg", "default": {"k": "v"}, "shape": null, "type": "object", "properties": {"k": {"type": "string", "required": true}}}]'
            utc_time_created: '2026-11-24 12:23:25.169919'
            """;

    @Test
    @Proves("mlflow.mlmodel")
    void toYaml_ofWhatPythonWrote_isTheSameTree() {
        MlModel model = MlModel.parse(RECORDED);

        assertThat(Yaml.read(model.toYaml(), "ours").toString().replace(", ", ","))
                .isEqualTo(Yaml.read(RECORDED, "theirs")
                        .toString()
                        .replace(", ", ",")
                        .replace("\": ", "\":"));
        assertThat(model.inputExample())
                .contains(new InputExample(
                        "input_example.json", "dataframe", "split", "serving_input_example.json", Map.of()));
        assertThat(model.signature().orElseThrow().params())
                .extracting(SignatureParam::name)
                .containsExactly("depth", "temp", "on", "stops", "none", "when", "cfg");
    }

    @Test
    @Proves("mlflow.signature")
    void signature_built_isWhatPythonWrites() {
        ModelSignature built = ModelSignature.builder()
                .addInputColumn("a", "double")
                .addInput(SignatureField.optionalColumn("b", "long"))
                .addInput(SignatureField.listColumn("arr", "double"))
                .addOutput("o", "float32", -1, 3)
                .addParam("depth", 3)
                .addParam("temp", 0.5)
                .addParam("on", true)
                .addParam("stops", List.of("a", "b"))
                .build();

        ModelSignature recorded = MlModel.parse(RECORDED).signature().orElseThrow();
        assertThat(built.inputs()).isEqualTo(recorded.inputs().subList(0, 3));
        assertThat(built.outputs()).isEqualTo(recorded.outputs());
        assertThat(built.params()).isEqualTo(recorded.params().subList(0, 4));
        assertThatThrownBy(() -> ModelSignature.builder()
                        .addParam("a", 1)
                        .addParam("a", 2)
                        .addParam(new SignatureParam("b", "decimal", null, false, Map.of()))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("params must have different names")
                .hasMessageContaining("params[b].type must be one of [string, integer, long,");
    }

    @Test
    @Proves("mlflow.input-example")
    void inputExample_isWrittenAsPythonReadsIt(@TempDir Path folder) {
        ModelPackage.custom("mine", "m.bin", ArtifactSource.of("x"))
                .putSetting("level", 3)
                .putMetadata("who", "me")
                .inputExample(ExampleInput.rows(List.of("a", "s"), List.of(List.of(1.5, "x"), List.of(2.5, "y"))))
                .build()
                .write(folder);

        assertThat(folder.resolve("input_example.json"))
                .hasContent("{\"columns\":[\"a\",\"s\"],\"data\":[[1.5,\"x\"],[2.5,\"y\"]]}");
        assertThat(folder.resolve("serving_input_example.json"))
                .hasContent("{\"dataframe_split\":{\"columns\":[\"a\",\"s\"],\"data\":[[1.5,\"x\"],[2.5,\"y\"]]}}");
        MlModel read = MlModel.read(folder);
        assertThat(read.inputExample().orElseThrow().type()).isEqualTo("dataframe");
        assertThat(read.flavors()).isEqualTo(Map.of("mine", Map.of("data", "m.bin", "level", 3)));
        assertThatThrownBy(() -> ExampleInput.rows(List.of("a"), List.of(List.of(1, 2), List.of(Double.NaN))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("rows[0] must have a value for each of the 1 columns")
                .hasMessageContaining("rows[1] must hold finite numbers only");
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
