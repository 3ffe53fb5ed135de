package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.core2.ExperimentCandidate;
import dev.fairlead.seldon.core2.ExperimentMirror;
import dev.fairlead.seldon.core2.ResourceType;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.spi.ValueBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads and writes Experiments of Seldon Core 2 without loss. */
public final class ExperimentCodec {
    private ExperimentCodec() {}

    /** Reads an object without checking it. */
    public static SeldonExperiment read(Map<String, ?> tree) {
        return ValueBuilder.partOf(
                Core2Codec.read(tree, Core2Codec.EXPERIMENT, SeldonExperiment.builder(), ExperimentCodec::readSpec));
    }

    private static void readSpec(Fields spec, SeldonExperiment.Builder builder) {
        spec.list("candidates", ExperimentCodec::candidate, builder::candidates);
        if (List.of().equals(spec.left().get("candidates"))) {
            spec.take("candidates");
        }
        spec.text("default", builder::defaultCandidate);
        spec.object("mirror", ExperimentCodec::mirror, builder::mirror);
        spec.text("resourceType", v -> builder.resourceType(ResourceType.of(v)));
    }

    private static @Nullable ExperimentCandidate candidate(Object tree) {
        if (tree instanceof Map<?, ?> map && map.get("name") instanceof String name) {
            Fields fields = new Fields(map);
            fields.take("name");
            OptionalInt weight = number(fields, "weight");
            return weight.isEmpty() ? null : new ExperimentCandidate(name, weight.getAsInt(), fields.left());
        }
        return null;
    }

    private static @Nullable ExperimentMirror mirror(Map<?, ?> tree) {
        if (tree.get("name") instanceof String name) {
            Fields fields = new Fields(tree);
            fields.take("name");
            OptionalInt percent = number(fields, "percent");
            return percent.isEmpty() ? null : new ExperimentMirror(name, percent.getAsInt(), fields.left());
        }
        return null;
    }

    private static OptionalInt number(Fields fields, String name) {
        List<Integer> number = new ArrayList<>();
        fields.number(name, number::add);
        return number.stream().mapToInt(Integer::intValue).findFirst();
    }

    /** Writes an object; the schema wants its list of candidates even where it is empty. */
    public static Map<String, Object> write(SeldonExperiment experiment) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Core2Codec.putUnlessEmpty(
                spec,
                "candidates",
                experiment.candidates().stream()
                        .map(c -> share("name", c.name(), "weight", c.weight(), c.additionalFields()))
                        .toList());
        experiment.defaultCandidate().ifPresent(name -> spec.put("default", name));
        experiment
                .mirror()
                .ifPresent(
                        m -> spec.put("mirror", share("name", m.name(), "percent", m.percent(), m.additionalFields())));
        experiment.resourceType().ifPresent(type -> spec.put("resourceType", type.value()));
        Map<String, Object> tree = Core2Codec.write(experiment, Core2Codec.EXPERIMENT, spec);
        spec.putIfAbsent("candidates", Trees.list(List.of()));
        return tree;
    }

    private static Map<String, Object> share(
            String nameField, String name, String shareField, int share, Map<String, Object> additional) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(nameField, name);
        tree.put(shareField, share);
        Trees.addAbsent(tree, additional);
        return tree;
    }
}
