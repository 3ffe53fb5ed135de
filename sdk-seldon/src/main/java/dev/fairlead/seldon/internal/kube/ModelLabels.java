package dev.fairlead.seldon.internal.kube;

import dev.fairlead.ModelSource;
import java.util.function.BiConsumer;

/** Says on objects which model they serve: as labels where Kubernetes takes the text as a label's value, as annotations otherwise. */
public final class ModelLabels {
    /** The registered name. */
    public static final String NAME = "fairlead.dev/model-name";
    /** The registered version. */
    public static final String VERSION = "fairlead.dev/model-version";
    /** The run that logged it. */
    public static final String RUN = "fairlead.dev/run-id";

    private ModelLabels() {}

    /** Gives what is known of a model to the two that take labels and annotations. */
    public static void put(
            ModelSource source, BiConsumer<String, String> label, BiConsumer<String, String> annotation) {
        source.labels().forEach(label);
        source.name().ifPresent(name -> (KubeNames.isLabelValue(name) ? label : annotation).accept(NAME, name));
        source.version()
                .ifPresent(version -> (KubeNames.isLabelValue(version) ? label : annotation).accept(VERSION, version));
        source.runId().ifPresent(run -> annotation.accept(RUN, run));
    }
}
