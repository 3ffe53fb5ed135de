package dev.fairlead.testing.seldon;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a predictor's graph and containers. */
final class Graphs {
    private static final Set<String> BUILT_IN =
            Set.of("", "UNKNOWN_IMPLEMENTATION", "SIMPLE_MODEL", "SIMPLE_ROUTER", "RANDOM_ABTEST", "AVERAGE_COMBINER");

    private Graphs() {}

    static boolean isServer(Map<String, Object> node) {
        return !BUILT_IN.contains(Json.text(node, "implementation"));
    }

    static Optional<Map<String, Object>> container(Map<String, Object> predictor, String name) {
        return Json.objects(predictor, "componentSpecs").stream()
                .flatMap(c -> Json.objects(Json.at(c, "spec"), "containers").stream())
                .filter(c -> name.equals(c.get("name")))
                .findFirst();
    }

    static String shortened(String name) {
        if (name.length() <= 63) {
            return name;
        }
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            return "seldon-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void nodes(Map<String, Object> node, List<Map<String, Object>> into) {
        into.add(node);
        Json.objects(node, "children").forEach(child -> nodes(child, into));
    }

    static boolean holdsNode(Map<String, Object> component, List<Map<String, Object>> nodes) {
        return Json.objects(Json.at(component, "spec"), "containers").stream()
                .anyMatch(c -> nodes.stream().anyMatch(n -> Json.text(n, "name").equals(Json.text(c, "name"))));
    }
}
