package dev.fairlead.kubernetes;

import dev.fairlead.Experimental;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which GPUs a container gets. Rendered to the exact names of the device plugins, with limits equal to requests, which is what
 * Kubernetes demands of them; checked by the {@link Resources} that take it.
 *
 * <p>A pod with a GPU also tolerates the taint that GPU nodes commonly carry: the vendor's resource name as key, with any value.
 */
public sealed interface Gpu {
    /** Returns the vendor. */
    GpuVendor vendor();

    /** Returns the name of the extended resource that is asked for; empty for a claim, and for a fraction that is asked for by annotation. */
    Optional<String> resourceName();

    /** Asks for whole NVIDIA GPUs: {@code nvidia.com/gpu}. */
    static Gpu nvidia(int count) {
        return new Whole(GpuVendor.NVIDIA, count);
    }

    /** Asks for whole AMD GPUs: {@code amd.com/gpu}. */
    static Gpu amd(int count) {
        return new Whole(GpuVendor.AMD, count);
    }

    /** Asks for whole Intel GPUs with the xe driver: {@code gpu.intel.com/xe}. */
    static Gpu intelXe(int count) {
        return new Whole(GpuVendor.INTEL_XE, count);
    }

    /** Asks for whole Intel GPUs with the i915 driver: {@code gpu.intel.com/i915}. */
    static Gpu intelI915(int count) {
        return new Whole(GpuVendor.INTEL_I915, count);
    }

    /** Asks for whole GPUs of a vendor. */
    static Gpu whole(GpuVendor vendor, int count) {
        return new Whole(vendor, count);
    }

    /** Asks for one MIG instance, such as {@code 1g.10gb}, of whatever product the cluster has. */
    static Gpu mig(String profile) {
        return new Mig(profile, 1, null);
    }

    /** Asks for MIG instances of a product, whose profiles are then checked. */
    static Gpu mig(GpuProduct product, String profile, int count) {
        return new Mig(profile, count, product);
    }

    /** Asks for one share of an NVIDIA GPU that is time-sliced or served by MPS and offered as {@code nvidia.com/gpu.shared}. */
    static Gpu shared() {
        return new Shared(1);
    }

    /** Asks for a fraction of one NVIDIA GPU from KAI's scheduler. */
    @Experimental("the schedulers still change their words")
    static Gpu fraction(double share) {
        return new Fraction(share, FractionScheduler.KAI);
    }

    /** Asks for a fraction of one NVIDIA GPU from a scheduler that knows fractions. */
    @Experimental("the schedulers still change their words")
    static Gpu fraction(double share, FractionScheduler scheduler) {
        return new Fraction(share, scheduler);
    }

    /** Asks for the devices of a ResourceClaimTemplate, so that each pod gets its own claim; needs Kubernetes 1.34. */
    @Experimental("dynamic resource allocation is young")
    static Gpu claimTemplate(String name, String template) {
        return new Claim(name, template, true);
    }

    /** Asks for the devices of an existing ResourceClaim, which pods may share; needs Kubernetes 1.34. */
    @Experimental("dynamic resource allocation is young")
    static Gpu claim(String name, String claim) {
        return new Claim(name, claim, false);
    }

    /**
     * Is a number of whole GPUs.
     *
     * @param vendor who made them
     * @param count how many, at least 1
     */
    record Whole(GpuVendor vendor, int count) implements Gpu {
        @Override
        public Optional<String> resourceName() {
            return Optional.of(vendor.resourceName());
        }
    }

    /**
     * Is a number of MIG instances, asked for under the names of the device plugin's {@code mixed} strategy. Under its {@code single} strategy
     * ask for {@link #nvidia} and select nodes by {@code nvidia.com/gpu.product}.
     *
     * @param profile the profile as NVIDIA writes it, such as {@code 1g.10gb+me}
     * @param count how many, at least 1
     * @param product the product whose profiles it must be one of, or {@code null}
     */
    record Mig(String profile, int count, @Nullable GpuProduct product) implements Gpu {
        @Override
        public GpuVendor vendor() {
            return GpuVendor.NVIDIA;
        }

        @Override
        public Optional<String> resourceName() {
            return Optional.of("nvidia.com/mig-" + profile.replace('+', '.'));
        }
    }

    /**
     * Is a share of a GPU that others use at the same time; nothing keeps their memory apart.
     *
     * @param count must be 1: a second share gives no more of the GPU
     */
    record Shared(int count) implements Gpu {
        @Override
        public GpuVendor vendor() {
            return GpuVendor.NVIDIA;
        }

        @Override
        public Optional<String> resourceName() {
            return Optional.of("nvidia.com/gpu.shared");
        }
    }

    /**
     * Is a fraction of one GPU, placed by a scheduler that knows fractions. KAI and Run:ai do not keep memory apart.
     *
     * @param share above 0 and below 1
     * @param scheduler who places it
     */
    @Experimental("the schedulers still change their words")
    record Fraction(double share, FractionScheduler scheduler) implements Gpu {
        @Override
        public GpuVendor vendor() {
            return GpuVendor.NVIDIA;
        }

        @Override
        public Optional<String> resourceName() {
            return scheduler == FractionScheduler.HAMI ? Optional.of("nvidia.com/gpu") : Optional.empty();
        }
    }

    /**
     * Is a claim of dynamic resource allocation ({@code resource.k8s.io/v1}).
     *
     * @param name the claim's name within the pod
     * @param source the ResourceClaimTemplate or ResourceClaim
     * @param template whether the source is a template
     */
    @Experimental("dynamic resource allocation is young")
    record Claim(String name, String source, boolean template) implements Gpu {
        @Override
        public GpuVendor vendor() {
            return GpuVendor.NVIDIA;
        }

        @Override
        public Optional<String> resourceName() {
            return Optional.empty();
        }
    }

    /** Is a scheduler that places fractions of GPUs. */
    @Experimental("the schedulers still change their words")
    enum FractionScheduler {
        /** KAI: annotation {@code gpu-fraction}, {@code schedulerName: kai-scheduler}. */
        KAI("kai-scheduler"),
        /** Run:ai: annotation {@code gpu-fraction}, {@code schedulerName: runai-scheduler}. */
        RUN_AI("runai-scheduler"),
        /** HAMi: one {@code nvidia.com/gpu} with {@code nvidia.com/gpumem-percentage}, {@code schedulerName: hami-scheduler}. */
        HAMI("hami-scheduler");

        private final String schedulerName;

        FractionScheduler(String schedulerName) {
            this.schedulerName = schedulerName;
        }

        /** Returns the pod's {@code schedulerName}. */
        public String schedulerName() {
            return schedulerName;
        }
    }
}
