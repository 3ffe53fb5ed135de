package dev.fairlead.internal.kube;

import dev.fairlead.spi.JsonCodec;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Edits pod specs in fabric8's types. */
public final class PodSpecs {
    private PodSpecs() {}

    /** Reads the tree with fabric8's own serialization, edits it and writes it back. */
    public static Map<String, Object> edit(Map<String, Object> spec, UnaryOperator<PodSpec> edit) {
        KubernetesSerialization serialization = new KubernetesSerialization();
        JsonCodec codec = JsonCodec.camelCase();
        PodSpec read = serialization.unmarshal(codec.text(spec), PodSpec.class);
        PodSpec edited = Objects.requireNonNull(edit.apply(read), "customize must return the pod's spec");
        return codec.object(serialization.asJson(edited).getBytes(StandardCharsets.UTF_8), "pod spec");
    }
}
