package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ComponentSpecValue implements ComponentSpec, Problems.Checked {
    @Override
    public ComponentSpec.Builder toBuilder() {
        return ImmutableComponentSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        pod().ifPresentOrElse(pod -> at.part("spec", pod), () -> checkUnread(at));
        replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        at.require(
                hpa().isEmpty() || keda().isEmpty(),
                "hpaSpec",
                "must not stand beside kedaSpec, which silently wins",
                "both");
        at.require(
                replicas().isEmpty() || !isScaled(),
                "replicas",
                "must not be set with hpaSpec or kedaSpec, which decide it",
                replicas().orElse(0));
        hpa().ifPresent(hpa -> at.part("hpaSpec", hpa));
        keda().ifPresent(keda -> at.part("kedaSpec", keda));
        pdb().ifPresent(pdb -> checkPdb(pdb, at.at("pdbSpec")));
    }

    /** Says why a pod that was read could not be understood; it would be sent as it came. */
    private void checkUnread(Problems at) {
        Map<String, Object> template = new LinkedHashMap<>(additionalFields());
        template.keySet().retainAll(Set.of("metadata", "spec"));
        if (!Trees.objects(Trees.at(template, "spec"), "containers").isEmpty()) {
            try {
                PodTemplate.fromTree(template);
            } catch (InvalidValueException e) {
                at.add("spec", e);
            }
        }
    }

    private static void checkPdb(PdbSpec pdb, Problems at) {
        at.require(
                pdb.minAvailable().isPresent() != pdb.maxUnavailable().isPresent(),
                "minAvailable",
                "must be set, or maxUnavailable, and not both",
                pdb.minAvailable().isPresent() ? "both" : "neither");
        pdb.minAvailable().ifPresent(amount -> checkAmount(amount, "minAvailable", at));
        pdb.maxUnavailable().ifPresent(amount -> checkAmount(amount, "maxUnavailable", at));
    }

    private static void checkAmount(String amount, String field, Problems at) {
        at.require(
                amount.matches("[0-9]{1,9}|(100|[0-9]{1,2})%"),
                field,
                "must be a whole number, or a percentage up to 100%",
                amount);
    }

    abstract static class Builder extends ValueBuilder<ComponentSpecValue> implements ComponentSpec.Builder {}
}
