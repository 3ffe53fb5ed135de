package dev.fairlead.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuTest {
    private static Resources with(Gpu gpu) {
        return Resources.builder().gpu(gpu).build();
    }

    @Test
    @Proves({"core.gpu.names", "core.gpu.vendors"})
    void toTree_eachKind_usesTheExactNameWithLimitsEqualToRequests() {
        Map<Gpu, String> names = Map.of(
                Gpu.nvidia(2), "nvidia.com/gpu=2",
                Gpu.amd(1), "amd.com/gpu=1",
                Gpu.intelXe(1), "gpu.intel.com/xe=1",
                Gpu.intelI915(3), "gpu.intel.com/i915=3",
                Gpu.mig("1g.5gb"), "nvidia.com/mig-1g.5gb=1",
                Gpu.mig(GpuProduct.H100_80GB, "1g.10gb+me", 1), "nvidia.com/mig-1g.10gb.me=1",
                Gpu.shared(), "nvidia.com/gpu.shared=1");
        names.forEach((gpu, name) -> {
            String[] pair = name.split("=");
            Map<String, Object> amounts = Map.of(pair[0], pair[1]);
            assertThat(with(gpu).toTree()).isEqualTo(Map.of("requests", amounts, "limits", amounts));
        });
    }

    @Test
    @Proves("core.gpu.mig")
    void build_migProfileOfAnotherProduct_isRefusedWithTheAlternatives() {
        assertThatThrownBy(() -> with(Gpu.mig(GpuProduct.H100_80GB, "1g.5gb", 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid Resources: gpu.profile is not one of H100 80GB, which has 1g.10gb (up to 7), "
                        + "1g.10gb+me (up to 1), 1g.20gb (up to 4), 2g.20gb (up to 3), 3g.40gb (up to 2), 4g.40gb (up to 1), "
                        + "7g.80gb (up to 1); 1g.5gb belongs to A100 40GB, was '1g.5gb'");
    }

    @ParameterizedTest
    @CsvSource({"1g10gb", "g.10gb", "1g.10GB", "1g.10gb+"})
    void build_malformedMigProfile_isRefused(String profile) {
        assertThatThrownBy(() -> with(Gpu.mig(profile)))
                .hasMessageContaining("must be a MIG profile such as '1g.10gb'");
    }

    @Test
    void hasMigProfile_rtxPro6000_takesItsSuffixes() {
        assertThat(GpuProduct.RTX_PRO_6000_96GB.hasMigProfile("1g.24gb+gfx")).isTrue();
        assertThat(GpuProduct.RTX_PRO_6000_96GB.hasMigProfile("1g.24gb-me")).isTrue();
        assertThat(GpuProduct.A100_40GB.hasMigProfile("1g.5gb+gfx")).isFalse();
    }

    @Test
    @Proves("core.gpu.shared")
    void build_twoSharesOfAGpu_isRefused() {
        assertThatThrownBy(() -> with(new Gpu.Shared(2)))
                .hasMessage("invalid Resources: gpu.count must be 1: a second share gives no more of a GPU, "
                        + "and device plugins refuse it, was 2");
    }

    @Test
    void build_zeroGpusAndBadQuantities_reportsEveryProblemAtOnce() {
        assertThatThrownBy(() -> Resources.builder()
                        .gpus(0)
                        .cpu("2.0005")
                        .memory("16GB")
                        .ephemeralStorageRequest("2Gi")
                        .ephemeralStorageLimit("1Gi")
                        .putExtended("rdma/hca", "0.5")
                        .build())
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.place() + " " + p.rule())
                                .containsExactly(
                                        "cpuRequest must not be finer than a thousandth of a CPU ('1m')",
                                        "memoryRequest must be a quantity of bytes such as '512Mi' or '16Gi' ('16Gi'?)",
                                        "memoryLimit must be a quantity of bytes such as '512Mi' or '16Gi' ('16Gi'?)",
                                        "ephemeralStorageRequest must not be above the limit 1Gi",
                                        "gpu.count must be at least 1",
                                        "extended[rdma/hca] must be a whole number"));
    }

    @Test
    void build_memoryInThousandths_isRefused() {
        assertThatThrownBy(() -> Resources.builder().memory("512m").build())
                .hasMessageContaining("must be whole bytes; 'm' means a thousandth, 'Mi' a mebibyte");
    }

    @Test
    @Proves("core.gpu.fraction")
    void pod_fractionOfAGpu_isAskedForInTheSchedulersWords() {
        PodTemplate kai = PodTemplate.builder("x").gpu(Gpu.fraction(0.5)).build();
        assertThat(kai.specTree()).containsEntry("schedulerName", "kai-scheduler");
        assertThat(kai.annotations())
                .containsEntry("gpu-fraction", "0.5")
                .containsEntry("gpu-fraction-container-name", "main");
        assertThat(kai.resources().toTree()).isEmpty();

        PodTemplate hami = PodTemplate.builder("x")
                .gpu(Gpu.fraction(0.25, Gpu.FractionScheduler.HAMI))
                .build();
        assertThat(hami.resources().toTree().get("limits"))
                .isEqualTo(Map.of("nvidia.com/gpu", "1", "nvidia.com/gpumem-percentage", "25"));
        assertThatThrownBy(() -> PodTemplate.builder("x").gpu(Gpu.fraction(1.0)).build())
                .hasMessageContaining(
                        "resources.gpu.share must be above 0 and below 1; ask for whole GPUs otherwise, was 1.0");
    }

    @Test
    @Proves("core.gpu.claim")
    void pod_claimOfDevices_standsInPodAndContainer() {
        PodTemplate pod = PodTemplate.builder("x")
                .gpu(Gpu.claimTemplate("gpu", "one-h100"))
                .build();
        assertThat(pod.specTree().get("resourceClaims"))
                .isEqualTo(List.of(Map.of("name", "gpu", "resourceClaimTemplateName", "one-h100")));
        assertThat(pod.resources().toTree()).isEqualTo(Map.of("claims", List.of(Map.of("name", "gpu"))));
        PodTemplate shared =
                PodTemplate.builder("x").gpu(Gpu.claim("gpu", "pool")).build();
        assertThat(shared.specTree().get("resourceClaims"))
                .isEqualTo(List.of(Map.of("name", "gpu", "resourceClaimName", "pool")));
    }

    @Test
    void fromTree_whatWasWritten_readsBackEqual() {
        Resources all = Resources.builder()
                .cpu("4")
                .cpuLimit("8")
                .memory("16Gi")
                .ephemeralStorage("10Gi")
                .gpu(Gpu.mig("1g.10gb+me"))
                .putExtended("rdma/hca", "1")
                .build();
        assertThat(Resources.fromTree(all.toTree())).isEqualTo(all);
    }

    @Test
    @Proves("core.gpu.limits")
    void fromTree_gpuRequestWithoutLimitOrUnequal_isRefused() {
        assertThatThrownBy(() -> Resources.fromTree(Map.of("requests", Map.of("nvidia.com/gpu", "1"))))
                .hasMessage("invalid Resources: limits.nvidia.com/gpu must be set and equal the request 1, "
                        + "as Kubernetes demands of it, was not set");
        assertThatThrownBy(() -> Resources.fromTree(
                        Map.of("requests", Map.of("nvidia.com/gpu", "1"), "limits", Map.of("nvidia.com/gpu", "2"))))
                .hasMessageContaining("requests.nvidia.com/gpu must equal the limit 2");
        assertThatThrownBy(() -> Resources.fromTree(Map.of("limits", Map.of("nvidia.com/gpu", "0.5"))))
                .hasMessageContaining("limits.nvidia.com/gpu must be a whole number");
    }
}
