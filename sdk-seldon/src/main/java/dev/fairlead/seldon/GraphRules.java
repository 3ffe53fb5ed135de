package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must hold of a node by itself. */
final class GraphRules {
    /** Levels below the first node that the CRD keeps; the API server silently drops what lies deeper. */
    static final int DEEPEST = 10;

    private static final Set<String> PARAMETER_TYPES = Set.of("INT", "FLOAT", "DOUBLE", "STRING", "BOOL");
    private static final Set<String> LOGGER_MODES = Set.of("all", "request", "response");
    private static final Set<String> UNREADABLE = Set.of("mlflow-artifacts", "file", "models", "runs");

    private GraphRules() {}

    static void checkNode(GraphNode node, Problems at) {
        SeldonNames.checkLabel(at, "name", node.name());
        node.type()
                .ifPresent(type -> at.require(
                        type.isKnown(),
                        "type",
                        "must be one of " + NodeType.known() + "; Seldon skips any other",
                        type));
        for (NodeMethod method : node.methods()) {
            at.require(
                    method.isKnown(),
                    "methods",
                    "must be of " + NodeMethod.known() + "; Seldon skips any other",
                    method);
        }
        for (NodeParameter parameter : node.parameters()) {
            checkParameter(parameter, at.at("parameters[" + parameter.name() + "]"));
        }
        node.modelUri().ifPresent(uri -> checkModelUri(uri, at));
        node.envSecretRefName().ifPresent(name -> SeldonNames.checkSubdomain(at, "envSecretRefName", name));
        node.serviceAccountName().ifPresent(name -> SeldonNames.checkSubdomain(at, "serviceAccountName", name));
        node.logger()
                .ifPresent(logger -> at.require(
                        LOGGER_MODES.contains(logger.mode()),
                        "logger.mode",
                        "must be all, request or response",
                        logger.mode()));
        if (node.additionalFields().get("logger") instanceof Map<?, ?> logger) {
            Object mode = logger.get("mode");
            at.require(
                    mode != null && LOGGER_MODES.contains(mode),
                    "logger.mode",
                    "must be all, request or response",
                    mode);
        }
        node.endpoint().ifPresent(endpoint -> at.part("endpoint", endpoint));
        at.parts("children", node.children());
    }

    static void checkModelUri(URI uri, Problems at) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (UNREADABLE.contains(scheme)) {
            at.add(
                    "modelUri",
                    "must be an address the cluster can read, such as s3://bucket/path; resolve the model with an artifact root"
                            + " first",
                    uri);
        } else {
            at.require(!scheme.isEmpty(), "modelUri", "must name its scheme, such as s3:, gs:, pvc: or https:", uri);
        }
    }

    private static void checkParameter(NodeParameter parameter, Problems at) {
        at.requireText("name", parameter.name());
        if (at.require(
                PARAMETER_TYPES.contains(parameter.type()),
                "type",
                "must be INT, FLOAT, DOUBLE, STRING or BOOL",
                parameter.type())) {
            at.require(reads(parameter), "value", "must be a text of type " + parameter.type(), parameter.value());
        }
    }

    private static boolean reads(NodeParameter parameter) {
        try {
            switch (parameter.type()) {
                case "INT" -> Long.parseLong(parameter.value());
                case "FLOAT", "DOUBLE" -> Double.parseDouble(parameter.value());
                case "BOOL" -> {
                    return parameter.value().toLowerCase(Locale.ROOT).matches("true|false|1|0");
                }
                default -> {
                    return true;
                }
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Returns every node of a graph, each with its place below {@code graph}. */
    static List<Map.Entry<String, GraphNode>> all(GraphNode root) {
        List<Map.Entry<String, GraphNode>> nodes = new ArrayList<>();
        collect("graph", root, nodes);
        return nodes;
    }

    private static void collect(String place, GraphNode node, List<Map.Entry<String, GraphNode>> into) {
        into.add(Map.entry(place, node));
        for (int i = 0; i < node.children().size(); i++) {
            collect(place + ".children[" + i + "]", node.children().get(i), into);
        }
    }

    static int depth(GraphNode node) {
        int deepest = 0;
        for (GraphNode child : node.children()) {
            deepest = Math.max(deepest, 1 + depth(child));
        }
        return deepest;
    }
}
