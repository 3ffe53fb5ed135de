package dev.fairlead.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fairlead.examples.flights.FlightModel.Agreement;
import dev.fairlead.examples.flights.FlightModel.Epoch;
import dev.fairlead.examples.flights.FlightModel.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightModelTest {
    private static final Settings SETTINGS = new Settings(4, 0.01, 4, 7);
    private static final FlightData.Split DATA = FlightData.generate(25_000, 42).split(0.8);
    private static final List<Epoch> EPOCHS = new ArrayList<>();
    private static FlightModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        model = FlightModel.train(DATA, SETTINGS, EPOCHS::add);
    }

    @Test
    void train_seededFlights_beatsTheMajorityClearly() {
        Evaluation scores = model.evaluate(DATA.test());

        assertThat(scores.accuracy()).isGreaterThan(DATA.test().majorityShare() + 0.15);
        assertThat(scores.accuracy()).as("luck is part of the data").isLessThan(0.95);
        assertThat(scores.auc()).isGreaterThan(0.86);
        assertThat(scores.confusion().total()).isEqualTo(5_000);
    }

    @Test
    void train_eachEpoch_isToldInOrderAndTheLossFalls() {
        assertThat(EPOCHS).extracting(Epoch::number).containsExactly(1, 2, 3, 4);
        assertThat(EPOCHS).extracting(epoch -> -epoch.scores().loss()).isSorted();
        assertThat(EPOCHS.get(3).scores()).isEqualTo(model.evaluate(DATA.test()));
    }

    @Test
    void train_fewerEpochs_isTheSameHistory() {
        List<Epoch> two = new ArrayList<>();

        FlightModel.train(DATA, new Settings(2, 0.01, 4, 7), two::add);

        assertThat(two).isEqualTo(EPOCHS.subList(0, 2));
    }

    @Test
    void train_noEpoch_saysWhatIsWrong() {
        assertThatThrownBy(() -> FlightModel.train(DATA, new Settings(0, 0.01, 4, 7), epoch -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epochs must be 1 or more, not 0");
    }

    @Test
    void writeOnnx_sameTraining_sameBytes() throws Exception {
        FlightModel again = FlightModel.train(DATA, SETTINGS, epoch -> {});

        Path first = model.writeOnnx(folder.resolve("a/model.onnx"));
        Path second = again.writeOnnx(folder.resolve("b/model.onnx"));

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @Test
    void writeOnnx_thousandRows_answersAsTheJvmDoes() throws Exception {
        Path file = model.writeOnnx(folder.resolve("model.onnx"));
        float[][] rows = DATA.test().head(1_000).features();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();

        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of(FlightModel.INPUT, input))) {
            long[] labels = ((OnnxTensor) result.get(FlightModel.LABEL).orElseThrow())
                    .getLongBuffer()
                    .array();
            float[] probabilities = ((OnnxTensor)
                            result.get(FlightModel.PROBABILITIES).orElseThrow())
                    .getFloatBuffer()
                    .array();

            Agreement agreement = model.compare(rows, labels, probabilities);

            assertThat(agreement.sameLabel()).isEqualTo(1_000);
            assertThat(agreement.furthest()).isLessThan(1e-5);
            assertThat(agreement.holds()).isTrue();
            assertThat(labels).contains(0, 1);
        }
    }

    @Test
    void writeOnnx_interface_isPlainTensors() throws Exception {
        Path file = model.writeOnnx(folder.resolve("model.onnx"));

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            assertThat(session.getInputInfo()).containsOnlyKeys("input");
            assertThat(session.getOutputNames()).containsExactly("label", "probabilities");
            assertTensor(session.getInputInfo().get("input"), OnnxJavaType.FLOAT, -1, 23);
            assertTensor(session.getOutputInfo().get("label"), OnnxJavaType.INT64, -1);
            assertTensor(session.getOutputInfo().get("probabilities"), OnnxJavaType.FLOAT, -1, 2);
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("features", String.join(",", FlightFeatures.NAMES))
                    .containsEntry("labels", "ON_TIME,LATE");
        }
    }

    @Test
    void compare_otherAnswers_doesNotHold() {
        float[][] rows = DATA.test().head(2).features();
        float late = (float) model.lateProbability(rows[0]);
        float lateToo = (float) model.lateProbability(rows[1]);
        float[] right = {1 - late, late, 1 - lateToo, lateToo};
        long[] labels = {late > 0.5 ? 1 : 0, lateToo > 0.5 ? 1 : 0};

        assertThat(model.compare(rows, labels, right).holds()).isTrue();
        assertThat(model.compare(rows, new long[] {1 - labels[0], labels[1]}, right)
                        .sameLabel())
                .isEqualTo(1);
        float[] off = right.clone();
        off[3] += 0.001f;
        assertThat(model.compare(rows, labels, off).holds()).isFalse();
        assertThatThrownBy(() -> model.compare(rows, new long[1], right))
                .hasMessage("2 rows, but 1 labels and 4 probabilities");
    }

    @Test
    void defaults_asMap_areLoggableParameters() {
        assertThat(Settings.defaults().asMap())
                .containsEntry("epochs", "10")
                .containsEntry("learning_rate", "0.006")
                .containsEntry("seed", "7");
    }

    private static void assertTensor(NodeInfo node, OnnxJavaType type, long... shape) {
        TensorInfo info = (TensorInfo) node.getInfo();
        assertThat(info.type).isEqualTo(type);
        assertThat(info.getShape()).isEqualTo(shape);
    }
}
