package dev.fairlead.contract.kube;

import dev.fairlead.MlPlatform;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What suites about an API server share: a platform with a namespace of its own. */
abstract class KubeSuite {
    MlPlatform platform;
    KubeAccess kube;
    String ns;

    /** Returns a kubeconfig of somebody who may do everything. */
    abstract Path kubeconfig();

    @BeforeEach
    void connect() {
        ns = "kube-contract-" + UUID.randomUUID().toString().substring(0, 8);
        platform = MlPlatform.builder().kubeconfig(kubeconfig()).namespace(ns).build();
        kube = PlatformSpi.of(platform).kube();
        kube.create(Kind.NAMESPACE, Map.of("metadata", Map.of("name", ns)));
    }

    @AfterEach
    void disconnect() {
        kube.delete(Kind.NAMESPACE, "", ns);
        platform.close();
    }

    static Map<String, Object> configMap(String name, Map<String, Object> data) {
        return new LinkedHashMap<>(Map.of("metadata", Map.of("name", name), "data", data));
    }

    static Map<?, ?> at(Map<String, Object> object, String field) {
        return object.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    static Object revision(Map<String, Object> object) {
        return at(object, "metadata").get("resourceVersion");
    }

    Deadline within(int seconds) {
        return Deadline.after(Clock.systemUTC(), Duration.ofSeconds(seconds));
    }

    static Map<String, Object> deployment(PodTemplate pod) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("replicas", 0);
        spec.put("selector", Map.of("matchLabels", Map.of("app", "web")));
        spec.put("template", pod.with(b -> b.putLabel("app", "web")).toTree());
        return Map.of("metadata", Map.of("name", "web"), "spec", spec);
    }
}
