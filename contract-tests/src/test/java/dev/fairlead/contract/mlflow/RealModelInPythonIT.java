package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Dataset;
import dev.fairlead.mlflow.DatasetInput;
import dev.fairlead.mlflow.ExampleInput;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.SignatureField;
import dev.fairlead.mlflow.SignatureParam;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.PythonEnvironments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's own MLflow loads what we logged, and we read what it logged. */
@RanOn("mlflow 3.17.2")
class RealModelInPythonIT extends MlflowContract {
    private static final float[][] WEIGHTS = {{1, 0.5f}, {-2, 0}, {0.25f, 3}};
    private static final float[] BIAS = {0.125f, -1};

    @TempDir
    Path folder;

    @Override
    Place open() {
        return RealPlace.current();
    }

    private static ModelPackage linear() {
        return ModelPackage.onnx(OnnxBytes.linear(WEIGHTS, BIAS))
                .signature(s -> s.addInput("input", "float32", -1, 3).addOutput("output", "float32", -1, 2))
                .putMetadata("released", "2026-03-01")
                .putMetadata("answer", "yes")
                .putMetadata("share", 0.25)
                .build();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> python(String script, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "-c";
        all[1] = script;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        String said = PythonEnvironments.open()
                .require("mlserver-1.7.1")
                .python(
                        Duration.ofMinutes(3),
                        Map.of("MLFLOW_TRACKING_URI", mlflow.trackingUri().toString()),
                        all);
        String last = said.lines()
                .filter(l -> l.startsWith("{"))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError(said));
        return JsonCodec.camelCase().object(last.getBytes(StandardCharsets.UTF_8), "Python's answer");
    }

    @Test
    @Proves("mlflow.python-loads")
    void logModel_loadedByPython_predictsTheSame() {
        ActiveRun run = start();
        String name = unique("python");
        mlflow.models().register(name, run.logModel("model", linear())).await(Duration.ofSeconds(30));
        mlflow.models().setAlias(name, "champion", "1");

        Map<String, Object> said = python("""
                import json, sys, mlflow, numpy, onnxruntime
                run_uri, alias_uri = sys.argv[1:3]
                x = numpy.array([[1, 2, 3], [0.5, -1, 4]], dtype=numpy.float32)
                onnx = mlflow.onnx.load_model(run_uri)
                session = onnxruntime.InferenceSession(onnx.SerializeToString(), providers=['CPUExecutionProvider'])
                pyfunc = mlflow.pyfunc.load_model(alias_uri)
                info = mlflow.models.get_model_info(run_uri)
                print(json.dumps({
                    'direct': session.run(None, {'input': x})[0].tolist(),
                    'pyfunc': pyfunc.predict({'input': x})['output'].tolist(),
                    'inputs': info.signature.inputs.to_dict(),
                    'outputs': info.signature.outputs.to_dict(),
                    'metadata': info.metadata,
                    'flavors': sorted(info.flavors),
                    'created': info.utc_time_created,
                    'run': info.run_id}))
                """, "runs:/" + run.id() + "/model", "models:/" + name + "@champion");

        List<List<Double>> expected = List.of(List.of(-2.125, 8.5), List.of(3.625, 11.25));
        assertThat(numbers(said.get("direct"))).isEqualTo(expected);
        assertThat(numbers(said.get("pyfunc"))).isEqualTo(expected);
        assertThat(said.get("inputs"))
                .isEqualTo(List.of(
                                SignatureField.tensor("input", "float32", -1, 3).toTree())
                        .stream()
                        .map(t -> JsonCodec.camelCase()
                                .object(JsonCodec.camelCase().write(t), "field"))
                        .toList());
        assertThat(said.get("flavors")).isEqualTo(List.of("onnx", "python_function"));
        assertThat(String.valueOf(said.get("metadata"))).isEqualTo("{released=2026-03-01, answer=yes, share=0.25}");
        assertThat(said.get("run")).isEqualTo(run.id());
        assertThat(String.valueOf(said.get("created"))).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
    }

    private static List<List<Double>> numbers(Object rows) {
        return ((List<?>) rows)
                .stream()
                        .map(row -> ((List<?>) row)
                                .stream().map(n -> ((Number) n).doubleValue()).toList())
                        .toList();
    }

    @Test
    @Proves("mlflow.reads-python")
    void read_whatPythonLogged_andWriteBack_pythonLoadsIt() throws Exception {
        Path onnx = Files.write(folder.resolve("linear.onnx"), OnnxBytes.linear(WEIGHTS, BIAS));
        Map<String, Object> logged = python(
                """
                import json, sys, mlflow, numpy, onnx
                from mlflow.models import infer_signature
                mlflow.set_experiment(experiment_id=sys.argv[2])
                x = numpy.array([[1, 2, 3]], dtype=numpy.float32)
                with mlflow.start_run() as run:
                    mlflow.onnx.save_model(onnx.load(sys.argv[1]), '%s',
                        signature=infer_signature({'input': x}, {'output': x[:, :2]}, params={'depth': 3}), metadata={'who': 'python'})
                    mlflow.log_artifacts('%s', 'model')
                print(json.dumps({'run': run.info.run_id}))
                """.formatted(folder.resolve("saved"), folder.resolve("saved")), onnx.toString(), experiment.id());

        Path local = mlflow.artifacts(String.valueOf(logged.get("run"))).download("model", folder.resolve("got"));
        ModelPackage read = ModelPackage.read(local);
        MlModel model = read.descriptor();
        assertThat(model.flavors()).containsKeys("onnx", "python_function");
        assertThat(model.metadata()).isEqualTo(Map.of("who", "python"));
        assertThat(model.signature().orElseThrow().inputs())
                .containsExactly(SignatureField.tensor("input", "float32", -1, 3));
        assertThat(model.signature().orElseThrow().params()).containsExactly(SignatureParam.of("depth", 3));
        assertThat(model.createdAt()).isPresent();
        assertThat(read.files()).containsKeys("model.onnx", "requirements.txt", "python_env.yaml");

        read.write(folder.resolve("again"));
        Map<String, Object> said = python(
                """
                import json, sys, mlflow, numpy
                x = numpy.array([[1, 2, 3]], dtype=numpy.float32)
                model = mlflow.pyfunc.load_model(sys.argv[1])
                def there(tree):
                    return {k: there(v) for k, v in tree.items() if v is not None} if isinstance(tree, dict) else tree
                read = lambda path: there(mlflow.models.Model.load(path).to_dict())
                print(json.dumps({'y': model.predict({'input': x}, params={'depth': 3})['output'].tolist(),
                    'same': read(sys.argv[1]) == read(sys.argv[2])}))
                """, folder.resolve("again").toString(), folder.resolve("saved").toString());
        assertThat(numbers(said.get("y"))).isEqualTo(List.of(List.of(-2.125, 8.5)));
        assertThat(said.get("same")).isEqualTo(true);
    }

    @Test
    @Proves("mlflow.python-loads")
    void logModel_pmmlAndCustom_pythonReadsSignatureMetadataAndExample() {
        Path file = folder.resolve("m.pmml");
        ActiveRun run = start();
        ModelUri pmml;
        try {
            Files.writeString(file, "<PMML version='4.4'/>");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        pmml = run.logModel(
                "pmml",
                ModelPackage.pmml(file)
                        .putSetting("version", "4.4")
                        .signature(s -> s.addInputColumn("a", "double")
                                .addInput(SignatureField.optionalColumn("b", "long"))
                                .addInput(SignatureField.listColumn("c", "string"))
                                .addOutputColumn("y", "boolean")
                                .addParam("depth", 3)
                                .addParam("stops", List.of("x", "y"))
                                .addParam(new SignatureParam("none", "double", null, false, Map.of())))
                        .putMetadata("deep", Map.of("list", List.of(1, "two", true)))
                        .inputExample(ExampleInput.rows(List.of("a"), List.of(List.of(1.5))))
                        .build());
        ModelUri tensors = run.logModel(
                "mine",
                ModelPackage.custom("mine", "w.bin", ArtifactSource.of("w"))
                        .signature(s -> s.addInput("input", "float32", -1, 3))
                        .inputExample(ExampleInput.tensors(Map.of("input", List.of(List.of(1.0, 2.0, 3.0)))))
                        .build());

        Map<String, Object> said = python("""
                import json, sys, mlflow
                from mlflow.models import Model
                def read(uri):
                    path = mlflow.artifacts.download_artifacts(uri)
                    model = Model.load(path)
                    example = model.load_input_example(path)
                    return model, (example.to_dict('list') if hasattr(example, 'to_dict') else {k: v.tolist() for k, v in example.items()})
                first, rows = read(sys.argv[1])
                second, tensors = read(sys.argv[2])
                info = mlflow.models.get_model_info(sys.argv[3])
                print(json.dumps({'inputs': str(first.signature.inputs), 'outputs': str(first.signature.outputs),
                    'params': str(first.signature.params), 'metadata': first.metadata, 'flavors': first.flavors,
                    'rows': rows, 'tensors': tensors, 'id': info.model_id, 'size': first.model_size_bytes,
                    'serving': first.get_serving_input(mlflow.artifacts.download_artifacts(sys.argv[1]))}))
                """, "runs:/" + run.id() + "/pmml", tensors.toString(), pmml.toString());

        assertThat(said.get("inputs"))
                .isEqualTo("['a': double (required), 'b': long (optional), 'c': Array(string) (required)]");
        assertThat(said.get("outputs")).isEqualTo("['y': boolean (required)]");
        assertThat(said.get("params"))
                .isEqualTo(
                        "['depth': long (default: 3), 'stops': string (default: ['x', 'y']) (shape: (-1,)), 'none': double (default: None)]");
        assertThat(said.get("metadata")).isEqualTo(Map.of("deep", Map.of("list", List.of(1, "two", true))));
        assertThat(said.get("flavors")).isEqualTo(Map.of("pmml", Map.of("data", "model.pmml", "version", "4.4")));
        assertThat(String.valueOf(said.get("rows"))).isEqualTo("{a=[1.5]}");
        assertThat(String.valueOf(said.get("tensors"))).isEqualTo("{input=[[1.0, 2.0, 3.0]]}");
        assertThat(said.get("serving")).isEqualTo("{\"dataframe_split\":{\"columns\":[\"a\"],\"data\":[[1.5]]}}");
        assertThat(ModelUri.logged(String.valueOf(said.get("id")))).isEqualTo(pmml);
        assertThat(((Number) said.get("size")).longValue()).isPositive();
    }

    @Test
    @Proves("mlflow.reads-python")
    void download_whatPythonLoggedAndRegistered_isRead() {
        String name = unique("python-model");
        Map<String, Object> logged = python("""
                import json, sys, mlflow, pandas
                from mlflow.models import infer_signature
                mlflow.set_experiment(experiment_id=sys.argv[1])
                class M(mlflow.pyfunc.PythonModel):
                    def predict(self, context, model_input, params=None): return model_input
                df = pandas.DataFrame({'a': [1.0, 2.5], 's': ['x', 'y']})
                with mlflow.start_run() as run:
                    mlflow.log_param('depth', 3)
                    mlflow.log_metric('loss', 0.5, step=0)
                    data = mlflow.data.from_pandas(df, source='s3://b/x.csv', name='frame')
                    mlflow.log_input(data, context='training')
                    info = mlflow.pyfunc.log_model(name='model', python_model=M(), input_example=df, metadata={'who': 'python'},
                        signature=infer_signature(df, df, params={'t': 0.1}), registered_model_name=sys.argv[2])
                print(json.dumps({'run': run.info.run_id, 'model': info.model_id, 'digest': data.digest}))
                """, experiment.id(), name);
        String runId = String.valueOf(logged.get("run"));

        for (String reference : List.of("runs:/" + runId + "/model", "models:/" + logged.get("model"), name + "/1")) {
            MlModel model = MlModel.read(mlflow.models().download(reference, folder.resolve(unique("got"))));
            assertThat(model.metadata()).isEqualTo(Map.of("who", "python"));
            assertThat(model.modelId()).contains(String.valueOf(logged.get("model")));
            assertThat(model.inputExample().orElseThrow().type()).isEqualTo("dataframe");
            assertThat(model.signature().orElseThrow().params()).containsExactly(SignatureParam.of("t", 0.1));
        }
        LoggedModel model = mlflow.loggedModels().get(String.valueOf(logged.get("model")));
        assertThat(model.status()).isEqualTo(LoggedModelStatus.READY);
        assertThat(model.params()).containsEntry("depth", "3");
        assertThat(model.metrics()).extracting(m -> m.metric().key()).containsExactly("loss");
        Run run = runs.get(runId);
        assertThat(run.outputs()).containsExactly(new ModelOutput(model.id(), 0));
        DatasetInput input = run.inputs().datasets().get(0);
        assertThat(input.context()).contains("training");
        assertThat(input.dataset().digest()).isEqualTo(logged.get("digest"));
        // ours is written as theirs
        assertThat(Dataset.builder()
                        .name("frame")
                        .digest("d")
                        .source(java.net.URI.create("s3://b/x.csv"))
                        .schema(List.of(SignatureField.column("a", "double"), SignatureField.column("s", "string")))
                        .build()
                        .schema()
                        .orElseThrow())
                .isEqualTo(input.dataset()
                        .schema()
                        .orElseThrow()
                        .replace(": ", ":")
                        .replace(", ", ","));
        assertThat(input.dataset().source().replace(": ", ":")).isEqualTo("{\"uri\":\"s3://b/x.csv\"}");
    }

    @Test
    void write_toAFolder_isReadBackTheSame() {
        linear().write(folder.resolve("model"));

        assertThat(ModelPackage.read(folder.resolve("model")).descriptor()).isEqualTo(linear().descriptor());
        assertThatCode(() -> linear().write(folder.resolve("model"))).doesNotThrowAnyException();
    }
}
