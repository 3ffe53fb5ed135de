package dev.fairlead.testing.seldon;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The images of the prepackaged servers by protocol, as Seldon 1.17.1's {@code seldon-config} lists them. */
final class ServerImages {
    private final Map<String, Map<String, String>> images = new ConcurrentHashMap<>();

    ServerImages() {
        for (String framework : new String[] {"SKLEARN", "XGBOOST", "MLFLOW"}) {
            String lower = framework.toLowerCase(Locale.ROOT);
            add(framework + "_SERVER", "seldon", "seldonio/" + lower + "server:1.17.1");
            add(framework + "_SERVER", "v2", "seldonio/mlserver:1.3.5-" + lower);
        }
        add("TENSORFLOW_SERVER", "tensorflow", "tensorflow/serving:2.1.0");
        add("TENSORFLOW_SERVER", "seldon", "seldonio/tfserving-proxy:1.17.1");
        add("TRITON_SERVER", "v2", "nvcr.io/nvidia/tritonserver:21.08-py3");
        add("HUGGINGFACE_SERVER", "v2", "seldonio/mlserver:1.3.5-huggingface");
        add("TEMPO_SERVER", "v2", "seldonio/mlserver:1.3.5-slim");
    }

    void add(String server, String protocol, String image) {
        images.computeIfAbsent(server, s -> new ConcurrentHashMap<>()).put(protocol, image);
    }

    /** Returns the images by server and protocol. */
    Map<String, Map<String, String>> all() {
        return images;
    }

    boolean knows(String server) {
        return images.containsKey(server);
    }

    /** Returns the image; empty where there is none for the protocol, which the API server refuses later. */
    String image(String server, String protocol) {
        String asked = protocol.isEmpty() ? "seldon" : protocol.equals("kfserving") ? "v2" : protocol;
        return images.getOrDefault(server, Map.of()).getOrDefault(asked, "");
    }
}
