package dev.fairlead.kubernetes;

/** Is who made a GPU, and by which driver its device plugin offers it. */
public enum GpuVendor {
    /** NVIDIA, {@code nvidia.com/gpu}. */
    NVIDIA("nvidia.com/gpu"),
    /** AMD, {@code amd.com/gpu}. */
    AMD("amd.com/gpu"),
    /** Intel with the xe driver, {@code gpu.intel.com/xe}. */
    INTEL_XE("gpu.intel.com/xe"),
    /** Intel with the i915 driver, {@code gpu.intel.com/i915}. */
    INTEL_I915("gpu.intel.com/i915");

    private final String resourceName;

    GpuVendor(String resourceName) {
        this.resourceName = resourceName;
    }

    /** Returns the name under which whole GPUs of this vendor are asked for. */
    public String resourceName() {
        return resourceName;
    }
}
