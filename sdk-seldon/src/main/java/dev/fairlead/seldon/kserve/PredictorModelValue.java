package dev.fairlead.seldon.kserve;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Locale;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PredictorModelValue implements PredictorModel, Problems.Checked {
    /** What only MLflow's own tracking server, or nobody, reads. */
    private static final Set<String> UNREADABLE = Set.of("mlflow-artifacts", "models", "runs", "dbfs");

    @Override
    public PredictorModel.Builder toBuilder() {
        return ImmutablePredictorModel.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireSet("modelFormat", format())) {
            at.requireText("modelFormat.name", format().name());
        }
        protocol()
                .ifPresent(protocol -> at.require(
                        PROTOCOLS.contains(protocol),
                        "protocolVersion",
                        "must be one of " + PROTOCOLS + "; no runtime speaks another",
                        protocol));
        runtime().ifPresent(name -> at.requireText("runtime", name));
        storageUri().ifPresent(uri -> {
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            at.require(
                    !scheme.isEmpty() && !UNREADABLE.contains(scheme),
                    "storageUri",
                    "must be an address the cluster can read, such as s3://bucket/path; a registry's model is resolved with an"
                            + " artifact root first",
                    uri);
        });
    }

    /** Shows what is served. */
    @Override
    public String toString() {
        return (format() == null ? "" : format().toString())
                + storageUri().map(uri -> " " + uri).orElse("");
    }

    abstract static class Builder extends ValueBuilder<PredictorModelValue> implements PredictorModel.Builder {}
}
