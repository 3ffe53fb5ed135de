package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What holds an object that is to be deleted, and what to do about it. */
final class Finalizers {
    private static final String UNLOADING =
            "Seldon's operator takes it away once the scheduler has unloaded it: see whether both run, and the agents of the servers";

    private Finalizers() {}

    static DeletionHeldException held(String kind, Map<String, Object> object, Duration timeout) {
        Core2Status status = Core2StatusReader.read(object);
        List<String> finalizers = of(object);
        String message = kind + " " + status.namespace() + "/" + status.name() + " is still there after "
                + timeout.toSeconds() + " s, held by "
                + (finalizers.isEmpty()
                        ? "nothing we can see"
                        : finalizers.stream()
                                .map(f -> f + " (" + remedy(f, status) + ")")
                                .collect(Collectors.joining(", ")))
                + "; it will go when they do";
        return new DeletionHeldException(message, finalizers);
    }

    private static List<String> of(Map<String, Object> object) {
        List<String> names = new ArrayList<>();
        if (Trees.at(object, "metadata").get("finalizers") instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    private static String remedy(String finalizer, Core2Status status) {
        return switch (finalizer) {
            case "seldon.model.finalizer", "seldon.pipeline.finalizer", "seldon.experiment.finalizer" -> UNLOADING;
            case "seldon.server.finalizer" ->
                "Seldon's operator takes it away once no model is loaded, and " + status.loadedModels()
                        + " are: delete them, or let another server take them";
            case "seldon.runtime.finalizer" ->
                "Seldon's operator takes it away once its servers and pipelines are gone";
            default -> "not Seldon's: ask whoever put it there";
        };
    }
}
