package dev.fairlead.seldon;

import java.util.List;

/**
 * Names what runs a node: a prepackaged server, one that the cluster's {@code seldon-config} defines, or a building block of the
 * orchestrator. An open word.
 *
 * @param value the word as it stands in the object
 */
public record ServerImplementation(String value) {
    /** Serves scikit-learn models: protocols seldon and v2. */
    public static final ServerImplementation SKLEARN = new ServerImplementation("SKLEARN_SERVER");

    /** Serves XGBoost models: protocols seldon and v2. */
    public static final ServerImplementation XGBOOST = new ServerImplementation("XGBOOST_SERVER");

    /** Serves MLflow model folders: protocols seldon and v2. */
    public static final ServerImplementation MLFLOW = new ServerImplementation("MLFLOW_SERVER");

    /** Serves TensorFlow models: protocols tensorflow and seldon. */
    public static final ServerImplementation TENSORFLOW = new ServerImplementation("TENSORFLOW_SERVER");

    /** NVIDIA's Triton: protocol v2 only. */
    public static final ServerImplementation TRITON = new ServerImplementation("TRITON_SERVER");

    /** Serves Hugging Face pipelines, from a hub if there is no model address: protocol v2 only. */
    public static final ServerImplementation HUGGINGFACE = new ServerImplementation("HUGGINGFACE_SERVER");

    /** Serves Tempo pipelines: protocol v2 only. */
    public static final ServerImplementation TEMPO = new ServerImplementation("TEMPO_SERVER");

    /** The orchestrator's model that always gives the same answer. */
    public static final ServerImplementation SIMPLE_MODEL = new ServerImplementation("SIMPLE_MODEL");

    /** The orchestrator's router to the first child. */
    public static final ServerImplementation SIMPLE_ROUTER = new ServerImplementation("SIMPLE_ROUTER");

    /** The orchestrator's random router; parameter {@code ratioA}. */
    public static final ServerImplementation RANDOM_ABTEST = new ServerImplementation("RANDOM_ABTEST");

    /** The orchestrator's combiner of averages. */
    public static final ServerImplementation AVERAGE_COMBINER = new ServerImplementation("AVERAGE_COMBINER");

    /** None: a container of the node's name does it. */
    public static final ServerImplementation UNKNOWN = new ServerImplementation("UNKNOWN_IMPLEMENTATION");

    private static final List<ServerImplementation> BUILT_IN =
            List.of(SIMPLE_MODEL, SIMPLE_ROUTER, RANDOM_ABTEST, AVERAGE_COMBINER, UNKNOWN);

    private static final List<ServerImplementation> ONLY_V2 = List.of(TRITON, HUGGINGFACE, TEMPO);

    /** Names one by its word, such as a server of the cluster's own. */
    public static ServerImplementation of(String value) {
        return new ServerImplementation(value);
    }

    /** Tells whether it is a server that loads a model, as opposed to a building block of the orchestrator. */
    public boolean isServer() {
        return !BUILT_IN.contains(this);
    }

    /** Tells whether Seldon brings an image of it for a protocol; yes for servers of the cluster's own, which we cannot know. */
    boolean speaks(ServingProtocol protocol) {
        boolean v2 = protocol.equals(ServingProtocol.V2) || protocol.equals(ServingProtocol.KFSERVING);
        if (ONLY_V2.contains(this)) {
            return v2;
        }
        if (equals(TENSORFLOW)) {
            return !v2;
        }
        boolean seldonOrV2 = equals(SKLEARN) || equals(XGBOOST) || equals(MLFLOW);
        return !seldonOrV2 || !protocol.equals(ServingProtocol.TENSORFLOW);
    }

    @Override
    public String toString() {
        return value;
    }
}
