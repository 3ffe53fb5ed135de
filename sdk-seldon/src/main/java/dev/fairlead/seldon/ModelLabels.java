package dev.fairlead.seldon;

import dev.fairlead.ModelSource;

/** Says on pods which model they serve: as labels where Kubernetes takes the text as a label's value, as annotations otherwise. */
final class ModelLabels {
    /** The registered name. */
    static final String NAME = "fairlead.dev/model-name";
    /** The registered version. */
    static final String VERSION = "fairlead.dev/model-version";
    /** The run that logged it. */
    static final String RUN = "fairlead.dev/run-id";

    private ModelLabels() {}

    static void put(ModelSource source, PredictorSpec.Builder to) {
        source.name().ifPresent(name -> put(to, NAME, name));
        source.version().ifPresent(version -> put(to, VERSION, version));
        source.runId().ifPresent(run -> to.putAnnotation(RUN, run));
    }

    private static void put(PredictorSpec.Builder to, String key, String value) {
        if (SeldonNames.isLabelValue(value)) {
            to.putLabel(key, value);
        } else {
            to.putAnnotation(key, value);
        }
    }
}
