package dev.fairlead.kubernetes;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Resources as they stand in a container. */
final class ResourceTrees {
    private static final Set<String> PLAIN = Set.of("cpu", "memory", "ephemeral-storage");

    private ResourceTrees() {}

    static Map<String, Object> write(Resources resources) {
        Map<String, Object> requests = new LinkedHashMap<>();
        Map<String, Object> limits = new LinkedHashMap<>();
        resources.cpuRequest().ifPresent(q -> requests.put("cpu", q));
        resources.cpuLimit().ifPresent(q -> limits.put("cpu", q));
        resources.memoryRequest().ifPresent(q -> requests.put("memory", q));
        resources.memoryLimit().ifPresent(q -> limits.put("memory", q));
        resources.ephemeralStorageRequest().ifPresent(q -> requests.put("ephemeral-storage", q));
        resources.ephemeralStorageLimit().ifPresent(q -> limits.put("ephemeral-storage", q));
        Map<String, String> extended = new LinkedHashMap<>();
        resources.gpu().ifPresent(g -> extended.putAll(GpuRules.amounts(g)));
        extended.putAll(resources.extended());
        requests.putAll(extended);
        limits.putAll(extended);
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!requests.isEmpty()) {
            tree.put("requests", requests);
        }
        if (!limits.isEmpty()) {
            tree.put("limits", limits);
        }
        if (resources.gpu().orElse(null) instanceof Gpu.Claim claim) {
            tree.put("claims", List.of(Map.of("name", claim.name())));
        }
        return tree;
    }

    static Resources read(Map<String, ?> tree) {
        Map<String, String> requests = texts(tree.get("requests"));
        Map<String, String> limits = texts(tree.get("limits"));
        List<Problem> problems = Problems.of(at -> checkExtended(tree, at));
        if (!problems.isEmpty()) {
            throw new InvalidValueException("Resources", problems);
        }
        Resources.Builder builder = Resources.builder();
        set(requests, "cpu").ifPresent(builder::cpuRequest);
        set(limits, "cpu").ifPresent(builder::cpuLimit);
        set(requests, "memory").ifPresent(builder::memoryRequest);
        set(limits, "memory").ifPresent(builder::memoryLimit);
        set(requests, "ephemeral-storage").ifPresent(builder::ephemeralStorageRequest);
        set(limits, "ephemeral-storage").ifPresent(builder::ephemeralStorageLimit);
        Map<String, String> extended = new LinkedHashMap<>(limits);
        extended.keySet().removeAll(PLAIN);
        Gpu gpu = GpuRules.take(extended);
        if (gpu != null) {
            builder.gpu(gpu);
        }
        return builder.extended(extended).build();
    }

    private static Optional<String> set(Map<String, String> amounts, String name) {
        return Optional.ofNullable(amounts.get(name));
    }

    /** Checks resources as they stand in a container, whoever wrote them. */
    static void check(Map<String, ?> tree, Problems at) {
        Map<String, String> requests = texts(tree.get("requests"));
        Map<String, String> limits = texts(tree.get("limits"));
        for (var side : List.of(Map.entry("requests", requests), Map.entry("limits", limits))) {
            side.getValue().forEach((name, amount) -> checkAmount(at.at(side.getKey()), name, amount));
        }
        for (String name : PLAIN) {
            Optional<BigDecimal> low = Quantities.parse(requests.get(name));
            Optional<BigDecimal> high = Quantities.parse(limits.get(name));
            if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
                at.add("requests." + name, "must not be above the limit " + limits.get(name), requests.get(name));
            }
        }
        checkExtended(tree, at);
    }

    private static void checkAmount(Problems at, String name, String amount) {
        if (name.equals("cpu")) {
            Quantities.checkCpu(at, name, amount);
        } else if (PLAIN.contains(name)) {
            Quantities.checkBytes(at, name, amount);
        }
    }

    private static void checkExtended(Map<String, ?> tree, Problems at) {
        Map<String, String> requests = texts(tree.get("requests"));
        Map<String, String> limits = texts(tree.get("limits"));
        Set<String> names = new TreeSet<>(requests.keySet());
        names.addAll(limits.keySet());
        names.removeAll(PLAIN);
        for (String name : names) {
            String limit = limits.get(name);
            String request = requests.get(name);
            if (limit == null) {
                at.add(
                        "limits." + name,
                        "must be set and equal the request " + request + ", as Kubernetes demands of it",
                        null);
            } else if (request != null && !request.equals(limit)) {
                at.add("requests." + name, "must equal the limit " + limit + ", as Kubernetes demands of it", request);
            }
            if (name.contains("/") && limit != null) {
                boolean whole = Quantities.parse(limit)
                        .filter(n -> n.stripTrailingZeros().scale() <= 0)
                        .isPresent();
                at.require(whole, "limits." + name, "must be a whole number", limit);
            }
        }
    }

    private static Map<String, String> texts(@Nullable Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, amount) -> texts.put(String.valueOf(name), String.valueOf(amount)));
        }
        return texts;
    }
}
