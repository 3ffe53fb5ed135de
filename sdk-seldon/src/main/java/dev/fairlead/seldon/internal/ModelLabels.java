package dev.fairlead.seldon.internal;

import dev.fairlead.ModelSource;
import dev.fairlead.seldon.internal.kube.KubeNames;
import java.util.function.BiConsumer;

/** Says on pods which model they serve: as labels where Kubernetes takes the text as a label's value, as annotations otherwise. */
public final class ModelLabels {
    /** The registered name. */
    public static final String NAME = "fairlead.dev/model-name";
    /** The registered version. */
    public static final String VERSION = "fairlead.dev/model-version";
    /** The run that logged it. */
    public static final String RUN = "fairlead.dev/run-id";

    private ModelLabels() {}

    /** Puts a source's own labels, and what it is. */
    public static void put(
            ModelSource source, BiConsumer<String, String> putLabel, BiConsumer<String, String> putAnnotation) {
        source.labels().forEach(putLabel);
        source.name().ifPresent(name -> put(NAME, name, putLabel, putAnnotation));
        source.version().ifPresent(version -> put(VERSION, version, putLabel, putAnnotation));
        source.runId().ifPresent(run -> putAnnotation.accept(RUN, run));
    }

    private static void put(
            String key, String value, BiConsumer<String, String> putLabel, BiConsumer<String, String> putAnnotation) {
        (KubeNames.isLabelValue(value) ? putLabel : putAnnotation).accept(key, value);
    }
}
