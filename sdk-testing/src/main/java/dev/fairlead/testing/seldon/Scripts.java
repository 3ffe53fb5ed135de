package dev.fairlead.testing.seldon;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a test wants to go wrong, by deployment and predictor. */
final class Scripts {
    private final Map<String, PodFault> pods = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    void pod(String deployment, String predictor, PodFault fault) {
        pods.put(deployment + "/" + predictor, fault);
    }

    void fail(String deployment, String description) {
        failures.put(deployment, description);
    }

    void heal(String deployment) {
        failures.remove(deployment);
        pods.keySet().removeIf(k -> k.startsWith(deployment + "/"));
    }

    Optional<PodFault> pod(String deployment, String predictor) {
        return Optional.ofNullable(pods.get(deployment + "/" + predictor));
    }

    Optional<String> failure(String deployment) {
        return Optional.ofNullable(failures.get(deployment));
    }
}
