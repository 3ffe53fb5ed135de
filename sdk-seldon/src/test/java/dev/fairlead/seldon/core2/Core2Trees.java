package dev.fairlead.seldon.core2;

import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads objects from JSON with single quotes. */
final class Core2Trees {
    private Core2Trees() {}

    static Map<String, Object> tree(String json) {
        return JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test");
    }

    /** Makes the tree of an object named {@code flights}. */
    static Map<String, Object> object(String kind, String spec) {
        return tree("{'apiVersion':'mlops.seldon.io/v1alpha1','kind':'" + kind
                + "','metadata':{'name':'flights'},'spec':{" + spec + "}}");
    }

    static Core2Object read(String kind, String spec) {
        return read(object(kind, spec));
    }

    static Core2Object read(Map<String, Object> tree) {
        return switch (String.valueOf(tree.get("kind"))) {
            case "Model" -> SeldonModel.fromTree(tree);
            case "Server" -> SeldonServer.fromTree(tree);
            case "ServerConfig" -> ServerConfig.fromTree(tree);
            case "Pipeline" -> SeldonPipeline.fromTree(tree);
            case "Experiment" -> SeldonExperiment.fromTree(tree);
            case "SeldonRuntime" -> SeldonRuntime.fromTree(tree);
            case "SeldonConfig" -> SeldonConfig.fromTree(tree);
            default -> throw new IllegalArgumentException(String.valueOf(tree.get("kind")));
        };
    }
}
