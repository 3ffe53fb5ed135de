package dev.fairlead.kubernetes;

import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold of GPUs, and what they look like in a pod. */
final class GpuRules {
    private static final String PROFILE_FORM = "[1-9]g\\.[0-9]+gb(\\+(me|gfx|me\\.all)|-me)?";
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    private GpuRules() {}

    static void check(Gpu gpu, Problems at) {
        if (gpu instanceof Gpu.Whole whole) {
            at.requireSet("vendor", whole.vendor());
            checkCount(at, whole.count());
        } else if (gpu instanceof Gpu.Mig mig) {
            checkCount(at, mig.count());
            checkProfile(at, mig);
        } else if (gpu instanceof Gpu.Shared shared) {
            at.require(
                    shared.count() == 1,
                    "count",
                    "must be 1: a second share gives no more of a GPU, and device plugins refuse it",
                    shared.count());
        } else if (gpu instanceof Gpu.Fraction fraction) {
            at.require(
                    fraction.share() > 0 && fraction.share() < 1,
                    "share",
                    "must be above 0 and below 1; ask for whole GPUs otherwise",
                    fraction.share());
            at.requireSet("scheduler", fraction.scheduler());
        } else if (gpu instanceof Gpu.Claim claim) {
            checkName(at, "name", claim.name(), DNS_LABEL);
            checkName(at, "source", claim.source(), Names.SUBDOMAIN);
        }
    }

    private static void checkName(Problems at, String field, @Nullable String name, String form) {
        if (at.requireText(field, name)) {
            at.require(
                    String.valueOf(name).matches(form),
                    field,
                    "must be a Kubernetes name: lower-case letters, digits and '-'",
                    name);
        }
    }

    private static void checkCount(Problems at, int count) {
        at.require(count >= 1, "count", "must be at least 1", count);
    }

    private static void checkProfile(Problems at, Gpu.Mig mig) {
        String profile = mig.profile();
        if (!at.requireText("profile", profile)) {
            return;
        }
        if (!profile.matches(PROFILE_FORM)) {
            at.add("profile", "must be a MIG profile such as '1g.10gb' or '1g.10gb+me'", profile);
            return;
        }
        GpuProduct product = mig.product();
        if (product != null && !product.hasMigProfile(profile)) {
            at.add(
                    "profile",
                    "is not one of " + product.label() + ", which has " + table(product) + elsewhere(profile),
                    profile);
        }
    }

    private static String table(GpuProduct product) {
        return product.migProfiles().entrySet().stream()
                .map(e -> e.getKey() + " (up to " + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String elsewhere(String profile) {
        String others = Arrays.stream(GpuProduct.values())
                .filter(p -> p.hasMigProfile(profile))
                .map(GpuProduct::label)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : "; " + profile + " belongs to " + others;
    }

    /** Returns the extended resources that are asked for, limits and requests alike. */
    static Map<String, String> amounts(Gpu gpu) {
        Map<String, String> amounts = new LinkedHashMap<>();
        if (gpu instanceof Gpu.Fraction fraction && fraction.scheduler() == Gpu.FractionScheduler.HAMI) {
            amounts.put("nvidia.com/gpu", "1");
            amounts.put("nvidia.com/gpumem-percentage", String.valueOf(Math.round(fraction.share() * 100)));
        } else {
            gpu.resourceName().ifPresent(name -> amounts.put(name, String.valueOf(count(gpu))));
        }
        return amounts;
    }

    private static int count(Gpu gpu) {
        if (gpu instanceof Gpu.Whole whole) {
            return whole.count();
        }
        return gpu instanceof Gpu.Mig mig ? mig.count() : 1;
    }

    /** Adds what a GPU needs of the pod around the container: toleration, scheduler, annotation, claim. */
    static void addToPod(Gpu gpu, String container, Map<String, Object> pod) {
        Map<String, Object> spec = Trees.map(pod, "spec");
        addToleration(spec, gpu);
        if (gpu instanceof Gpu.Fraction fraction) {
            spec.put("schedulerName", fraction.scheduler().schedulerName());
            if (fraction.scheduler() != Gpu.FractionScheduler.HAMI) {
                Map<String, Object> annotations = Trees.map(Trees.map(pod, "metadata"), "annotations");
                annotations.put("gpu-fraction", String.valueOf(fraction.share()));
                annotations.put("gpu-fraction-container-name", container);
            }
        } else if (gpu instanceof Gpu.Claim claim) {
            List<Object> claims = Trees.list(spec, "resourceClaims");
            claims.removeIf(c -> c instanceof Map<?, ?> m && claim.name().equals(m.get("name")));
            String field = claim.template() ? "resourceClaimTemplateName" : "resourceClaimName";
            claims.add(Trees.of("name", claim.name(), field, claim.source()));
        }
    }

    private static void addToleration(Map<String, Object> spec, Gpu gpu) {
        Map<String, Object> toleration =
                Toleration.exists(gpu.vendor().resourceName()).toTree();
        List<Object> tolerations = Trees.list(spec, "tolerations");
        if (!tolerations.contains(toleration)) {
            tolerations.add(toleration);
        }
    }

    /** Reads the GPU among extended resources and takes its entries out; {@code null} where there is none. */
    static @Nullable Gpu take(Map<String, String> extended) {
        for (String name : new ArrayList<>(extended.keySet())) {
            Gpu gpu = known(name, extended);
            if (gpu != null) {
                extended.keySet().removeAll(amounts(gpu).keySet());
                return gpu;
            }
        }
        return null;
    }

    private static @Nullable Gpu known(String name, Map<String, String> extended) {
        String amount = String.valueOf(extended.get(name));
        if (!amount.matches("[0-9]{1,6}")) {
            return null;
        }
        int count = Integer.parseInt(amount);
        if (name.equals("nvidia.com/gpu.shared")) {
            return new Gpu.Shared(count);
        }
        if (name.startsWith("nvidia.com/mig-")) {
            String profile = name.substring("nvidia.com/mig-".length()).replaceFirst("gb\\.", "gb+");
            return new Gpu.Mig(profile, count, null);
        }
        if (extended.containsKey("nvidia.com/gpumem-percentage")) {
            return null;
        }
        return Arrays.stream(GpuVendor.values())
                .filter(v -> v.resourceName().equals(name))
                .map(v -> Gpu.whole(v, count))
                .findFirst()
                .orElse(null);
    }
}
