package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What holds for a Spark application. */
final class SparkTaskRules {
    private static final Set<String> LANGUAGES = Set.of("Java", "Python", "R", "Scala");

    private SparkTaskRules() {}

    static void check(SparkTask task, Problems at) {
        at.requireText("image", task.image());
        if (at.requireText("sparkVersion", task.sparkVersion())) {
            at.require(
                    task.sparkVersion().matches("\\d+\\.\\d+(\\.\\d+)?\\S*"),
                    "sparkVersion",
                    "must be a version, such as 3.5.6",
                    task.sparkVersion());
        }
        if (at.requireSet("mainFile", task.mainFile())) {
            Texts.check(at, "mainFile", task.mainFile());
        }
        at.require(
                LANGUAGES.contains(task.language()),
                "language",
                "must be one of " + String.join(", ", new TreeSet<>(LANGUAGES)),
                task.language());
        at.require(
                task.mainClass().isPresent()
                        == (task.language().equals("Java") || task.language().equals("Scala")),
                "mainClass",
                "must be set for Java and Scala, and for nothing else",
                task.mainClass().orElse(null));
        int i = 0;
        for (Expression argument : task.arguments()) {
            Texts.check(at, "arguments[" + i++ + "]", argument);
        }
        task.sparkConf().forEach((name, value) -> {
            Problems place = at.at("sparkConf[" + name + "]");
            Texts.check(place, "name", name);
            Texts.check(place, "value", value);
            Texts.checkName(place, name, value);
        });
        Stream.of(task.jars(), task.pyFiles(), task.files(), task.packages())
                .flatMap(List::stream)
                .forEach(dependency -> Texts.check(at, "dependencies", dependency));
        checkPlaces(task, at);
        checkResources(at, "driver", task.driverResources());
        checkResources(at, "executor", task.executorResources());
    }

    private static void checkPlaces(SparkTask task, Problems at) {
        task.namespace().ifPresent(n -> Connections.checkNamespace(at, n));
        task.connection().ifPresent(c -> Connections.check(at, "connection", c));
        task.serviceAccount().ifPresent(s -> at.requireText("serviceAccount", s));
        at.require(task.executors() >= 1, "executors", "must be at least 1", task.executors());
        TaskRules.positive(at, "startupTimeout", task.startupTimeout());
        task.fields().forEach((name, value) -> {
            at.require(!name.isBlank(), "fields", "must be named", name);
            Texts.checkJson(at.at("fields[" + name + "]"), value);
        });
    }

    private static void checkResources(Problems at, String field, Resources resources) {
        Problems place = at.at(field);
        at.part(field, resources);
        Optional<String> memory = resources.memoryRequest().or(resources::memoryLimit);
        memory.ifPresent(m -> place.require(
                m.matches("[1-9]\\d*[KMGT]i"), "memory", "must be whole Mi or Gi, as Spark counts, such as 4Gi", m));
        place.require(
                resources.memoryLimit().isEmpty() || resources.memoryLimit().equals(memory),
                "memoryLimit",
                "must be the request: Spark adds its own overhead; say memory(…)",
                resources.memoryLimit().orElse(null));
        resources
                .gpu()
                .map(Gpu::resourceName)
                .ifPresent(name -> place.require(
                        name.isPresent(),
                        "gpu",
                        "must be one that the operator asks for by its name",
                        resources.gpu()));
        place.require(
                resources.extended().isEmpty()
                        && resources.ephemeralStorageRequest().isEmpty()
                        && resources.ephemeralStorageLimit().isEmpty(),
                "resources",
                "must be CPU, memory and GPU alone, which a SparkApplication knows; set others by putField(\"" + field
                        + "\", …)",
                resources.extended());
    }
}
