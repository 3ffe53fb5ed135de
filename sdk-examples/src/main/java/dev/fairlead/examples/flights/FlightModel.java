package dev.fairlead.examples.flights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Says which flights come late: a factorization machine trained in the JVM by Tribuo, exported to ONNX. */
public final class FlightModel {

    /** The name of the model's input: FP32 [-1, features], raw units, columns as {@link FlightFeatures#NAMES}. */
    public static final String INPUT = "input";

    /** The name of the output INT64 [-1]: 0 on time, 1 late. */
    public static final String LABEL = "label";

    /** The name of the output FP32 [-1, 2]: the probabilities of on time and of late. */
    public static final String PROBABILITIES = "probabilities";

    static final Label ON_TIME = new Label(FlightCsv.ON_TIME);
    static final Label LATE = new Label(FlightCsv.LATE);

    // Tribuo orders features by name, so the names are numbers of equal length.
    private static final String[] COLUMNS = columns();

    // Tribuo tells java.util.logging of every training; kept here, or the level is collected with the logger.
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final FMClassificationModel model;
    private final Scaler scaler;

    private FlightModel(FMClassificationModel model, Scaler scaler) {
        this.model = model;
        this.scaler = scaler;
    }

    /**
     * Is what training depends on, apart from the data.
     *
     * @param epochs passes over the training rows
     * @param learningRate AdaGrad's first step
     * @param factors length of each feature's vector, whose products are the interactions
     * @param seed of the first weights and the order of the rows
     */
    public record Settings(int epochs, double learningRate, int factors, long seed) {

        /** Returns the settings the example uses. */
        public static Settings defaults() {
            return new Settings(10, 0.006, 4, 7);
        }

        /** Returns them by name, as parameters to log. */
        public Map<String, String> asMap() {
            Map<String, String> map = new LinkedHashMap<>();
            map.put("algorithm", "factorization machine");
            map.put("epochs", String.valueOf(epochs));
            map.put("learning_rate", String.valueOf(learningRate));
            map.put("factors", String.valueOf(factors));
            map.put("seed", String.valueOf(seed));
            return map;
        }
    }

    /**
     * Is the model after some epochs.
     *
     * @param number epochs so far, from 1
     * @param scores on the flights held out
     */
    public record Epoch(int number, Evaluation scores) {}

    /**
     * Trains the model. Each epoch's scores are those of a model trained for so many epochs from the same seed, so they
     * are the true history of the one returned.
     *
     * @param data to learn from and to hold out
     * @param settings of the training
     * @param onEpoch told after each epoch, in order, on the calling thread
     */
    public static FlightModel train(FlightData.Split data, Settings settings, Consumer<Epoch> onEpoch) {
        float[][] rows = data.train().features();
        Scaler scaler = Scaler.fit(rows);
        MutableDataset<Label> dataset = dataset(data.train(), rows, scaler);
        FlightModel trained = null;
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            trained = new FlightModel(trainer(settings, epoch).train(dataset), scaler);
            onEpoch.accept(new Epoch(epoch, trained.evaluate(data.test())));
        }
        if (trained == null) {
            throw new IllegalArgumentException("epochs must be 1 or more, not " + settings.epochs());
        }
        return trained;
    }

    private static FMClassificationTrainer trainer(Settings settings, int epochs) {
        return new FMClassificationTrainer(
                new LogMulticlass(),
                new AdaGrad(settings.learningRate(), 0.1),
                epochs,
                -1, // no log line per interval
                1, // FMParameters of Tribuo 4.3.2 cannot merge the gradients of a larger batch
                settings.seed(),
                settings.factors(),
                0.1);
    }

    private static MutableDataset<Label> dataset(FlightData data, float[][] rows, Scaler scaler) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> dataset = new MutableDataset<>(new SimpleDataSourceProvenance("flights", labels), labels);
        for (int row = 0; row < rows.length; row++) {
            Label label = data.flights().get(row).late() ? LATE : ON_TIME;
            dataset.add(new ArrayExample<>(label, COLUMNS, scaler.apply(rows[row])));
        }
        return dataset;
    }

    /**
     * Returns the probability that a flight comes late, 0 to 1.
     *
     * @param features one row of {@link FlightData#features()}
     */
    public double lateProbability(float[] features) {
        Example<Label> example = new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, COLUMNS, scaler.apply(features));
        Label likeliest = model.predict(example).getOutput();
        double probability = likeliest.getScore();
        return likeliest.getLabel().equals(FlightCsv.LATE) ? probability : 1 - probability;
    }

    /**
     * Scores the model on flights whose ending is known.
     *
     * @param data not seen in training, to be honest
     */
    public Evaluation evaluate(FlightData data) {
        boolean[] late = new boolean[data.size()];
        double[] probability = new double[data.size()];
        for (int row = 0; row < late.length; row++) {
            Flight flight = data.flights().get(row);
            late[row] = flight.late();
            probability[row] = lateProbability(FlightFeatures.of(flight));
        }
        return Evaluation.of(late, probability);
    }

    /**
     * Compares answers served for some rows with the answers of this very model in this JVM.
     *
     * @param rows the features asked about
     * @param labels the served output {@link #LABEL}
     * @param probabilities the served output {@link #PROBABILITIES}, row by row
     */
    public Agreement compare(float[][] rows, long[] labels, float[] probabilities) {
        if (labels.length != rows.length || probabilities.length != 2 * rows.length) {
            throw new IllegalArgumentException(rows.length + " rows, but " + labels.length + " labels and "
                    + probabilities.length + " probabilities");
        }
        int same = 0;
        double furthest = 0;
        for (int row = 0; row < rows.length; row++) {
            double late = lateProbability(rows[row]);
            same += labels[row] == (late > 0.5 ? 1 : 0) ? 1 : 0;
            double onTimeGap = Math.abs(1 - late - probabilities[2 * row]);
            furthest = Math.max(furthest, Math.max(onTimeGap, Math.abs(late - probabilities[2 * row + 1])));
        }
        return new Agreement(rows.length, same, furthest);
    }

    /**
     * Is how far served answers agree with the JVM's.
     *
     * @param rows how many were compared
     * @param sameLabel how many had the same label
     * @param furthest the largest difference of a probability
     */
    public record Agreement(int rows, int sameLabel, double furthest) {

        /** Answers whether every label is the same and no probability is more than 1e-5 away. */
        public boolean holds() {
            return sameLabel == rows && furthest <= 1e-5;
        }
    }

    /**
     * Writes the model as ONNX: the same bytes for the same training.
     *
     * @param file replaced; missing folders are made
     * @return the file
     * @throws IOException when it cannot be written
     */
    public Path writeOnnx(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.write(file, FlightOnnx.export(model, scaler).toByteArray());
    }

    private static String[] columns() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < FlightFeatures.NAMES.size(); i++) {
            columns.add(i < 10 ? "0" + i : "" + i);
        }
        return columns.toArray(String[]::new);
    }
}
