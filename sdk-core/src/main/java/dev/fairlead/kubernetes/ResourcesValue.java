package dev.fairlead.kubernetes;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ResourcesValue implements Resources, Problems.Checked {
    @Override
    public Resources.Builder toBuilder() {
        return ImmutableResources.builder().from(this);
    }

    @Override
    public Map<String, Object> toTree() {
        return ResourceTrees.write(this);
    }

    @Override
    public void check(Problems at) {
        cpuRequest().ifPresent(q -> Quantities.checkCpu(at, "cpuRequest", q));
        cpuLimit().ifPresent(q -> Quantities.checkCpu(at, "cpuLimit", q));
        memoryRequest().ifPresent(q -> Quantities.checkBytes(at, "memoryRequest", q));
        memoryLimit().ifPresent(q -> Quantities.checkBytes(at, "memoryLimit", q));
        ephemeralStorageRequest().ifPresent(q -> Quantities.checkBytes(at, "ephemeralStorageRequest", q));
        ephemeralStorageLimit().ifPresent(q -> Quantities.checkBytes(at, "ephemeralStorageLimit", q));
        order(at, "cpu", cpuRequest(), cpuLimit());
        order(at, "memory", memoryRequest(), memoryLimit());
        order(at, "ephemeralStorage", ephemeralStorageRequest(), ephemeralStorageLimit());
        gpu().ifPresent(g -> GpuRules.check(g, at.at("gpu")));
        extended().forEach((name, amount) -> checkExtended(at.at("extended[" + name + "]"), name, amount));
    }

    private static void order(Problems at, String resource, Optional<String> request, Optional<String> limit) {
        Quantities.checkOrder(at, resource, request.orElse(null), limit.orElse(null));
    }

    private void checkExtended(Problems at, String name, String amount) {
        boolean hugePages = name.startsWith("hugepages-");
        if (!hugePages
                && !name.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?")) {
            at.add("must be named domain/resource, such as 'rdma/hca'", name);
        }
        Optional<BigDecimal> number = Quantities.parse(amount);
        if (number.isEmpty() || number.get().stripTrailingZeros().scale() > 0) {
            at.add("must be a whole number", amount);
        }
        if (gpu().flatMap(Gpu::resourceName).filter(name::equals).isPresent()) {
            at.add("must not be given here and as gpu", name);
        }
    }

    abstract static class Builder extends ValueBuilder<ResourcesValue> implements Resources.Builder {}
}
