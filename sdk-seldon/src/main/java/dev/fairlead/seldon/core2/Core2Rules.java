package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What must hold of every object, and what several kinds share. */
final class Core2Rules {
    private Core2Rules() {}

    /** Returns the start of an object's text. */
    static String title(Core2Object object) {
        return object.kind() + "[" + object.namespace().map(n -> n + "/").orElse("") + object.name();
    }

    /** Checks what all objects have, of one whose name may hold dots. */
    static void checkObject(Core2Object object, Problems at) {
        KubeNames.checkSubdomain(at, "name", object.name());
        checkMetadata(object, at);
    }

    /** Checks what all objects have, of one whose name becomes part of a host's name or of a reference with dots. */
    static void checkLabelled(Core2Object object, Problems at) {
        KubeNames.checkLabel(at, "name", object.name());
        checkMetadata(object, at);
    }

    private static void checkMetadata(Core2Object object, Problems at) {
        object.namespace().ifPresent(namespace -> KubeNames.checkLabel(at, "namespace", namespace));
        KubeNames.checkLabels(at, "labels", object.labels());
        object.annotations().keySet().forEach(key -> KubeNames.checkKey(at, "annotations", key));
    }

    /** Checks how many replicas there are, as the operator does: without replicas there are the fewest, and 1 where those are not set either. */
    static void checkScaling(OptionalInt replicas, OptionalInt fewest, OptionalInt most, Problems at) {
        boolean sound = notNegative("replicas", replicas, at);
        sound &= notNegative("minReplicas", fewest, at);
        sound &= notNegative("maxReplicas", most, at);
        if (!sound) {
            return;
        }
        int wanted = replicas.orElse(fewest.orElse(1));
        fewest.ifPresent(min -> at.require(wanted >= min, "replicas", "must not be below minReplicas " + min, wanted));
        if (most.isPresent() && wanted > most.getAsInt()) {
            int max = most.getAsInt();
            if (replicas.isPresent()) {
                at.add("replicas", "must not be above maxReplicas " + max, wanted);
            } else if (fewest.isPresent()) {
                at.add("minReplicas", "must not be above maxReplicas " + max, wanted);
            } else {
                at.add(
                        "maxReplicas",
                        "must be at least 1, for so many there are without replicas and minReplicas",
                        max);
            }
        }
    }

    /**
     * Checks a number that the operator reads as one without a sign: while the cluster holds an object with a negative one, it sees no object
     * of that kind any more.
     */
    static boolean notNegative(String field, OptionalInt number, Problems at) {
        return number.isEmpty() || at.require(number.getAsInt() >= 0, field, "must not be negative", number.getAsInt());
    }

    /** Checks a name that refers to an object. */
    static void checkReference(String field, @Nullable String name, Problems at) {
        if (at.requireText(field, name)) {
            KubeNames.checkSubdomain(at, field, name);
        }
    }

    /** Tells whether a list with elements that we could not read stands among the fields we do not model. */
    static boolean holdsList(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof List<?> list && !list.isEmpty();
    }

    /** Returns what of the spec we do not model. */
    static Map<String, Object> specRest(Core2Object object) {
        return Trees.at(object.additionalFields(), "spec");
    }
}
