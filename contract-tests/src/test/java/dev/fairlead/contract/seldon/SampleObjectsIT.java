package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.contract.seldon.Samples.Sample;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.core2.Core2Object;
import dev.fairlead.seldon.kserve.InferenceService;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Objects that others wrote, such as the samples of Seldon's own repository, in the folder that {@code fairlead.samples} names. */
@RanOn("seldon core 1.17.1, seldon core 2.6.0")
@EnabledIfSystemProperty(named = "fairlead.samples", matches = ".+")
class SampleObjectsIT {
    private static final String NAMESPACE = "samples";

    /** Why we refuse what the servers only store: they break it later, or name a server's own bad example. */
    private static final List<String> LATER = List.of(
            "must not be that of the pipeline, whose name stands for what is sent to it",
            "must name a step of the pipeline",
            "storageUri must be set",
            "must be a URI",
            "must be 1 to 63 lower-case letters",
            "must begin with a pod that holds a container of the graph",
            "must name a volume of the pod",
            "must not name a container of the graph that another pod holds already",
            "must not make two objects of one name");

    private record Read(Map<String, Object> tree, List<Problem> problems) {}

    private static Read read(Map<String, Object> tree) {
        return switch (String.valueOf(tree.get("apiVersion")).replaceAll("/.*", "")) {
            case "machinelearning.seldon.io" -> {
                SeldonDeployment deployment = SeldonDeployment.fromTree(tree);
                yield new Read(deployment.toTree(), deployment.problems());
            }
            case "mlops.seldon.io" -> {
                Core2Object object = Core2SurfaceContract.read(tree);
                yield new Read(object.toTree(), object.problems());
            }
            default -> {
                InferenceService service = InferenceService.fromTree(tree);
                yield new Read(service.toTree(), service.problems());
            }
        };
    }

    @Test
    void fromTree_whatTheServersTake_losesNothingAndIsRefusedForWhatBreaksLaterOnly() throws Exception {
        Samples samples = Samples.in(Path.of(System.getProperty("fairlead.samples")));
        RealServers.startInBackground(RealServers.Kind.SELDON, RealServers.Kind.SELDON_2);
        RealServers.seldon();
        RealServers.seldon2();
        KubeCluster cluster = RealServers.kubernetes();
        cluster.apply(
                "/api/v1/namespaces/" + NAMESPACE,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE + "\"}}");
        RealKServeContractIT.install(cluster);
        Map<String, Integer> taken = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        List<String> strayed = new ArrayList<>();
        try (MlPlatform platform = MlPlatform.builder()
                .kubeconfig(cluster.kubeconfig())
                .namespace(NAMESPACE)
                .build()) {
            KubeAccess kube = PlatformSpi.of(platform).kube();
            for (Sample sample : samples.objects()) {
                Map<String, Object> tree = placed(sample.tree());
                String verdict = verdict(kube, tree);
                if (!verdict.isEmpty()) {
                    refused.add(sample.place() + ": " + verdict);
                    continue;
                }
                taken.merge(sample.kind(), 1, Integer::sum);
                Read read = read(tree);
                if (!normal(read.tree()).equals(normal(tree))) {
                    lost.add(sample.place() + "\n  there: " + tree + "\n  ours:  " + read.tree());
                }
                read.problems().stream()
                        .map(Object::toString)
                        .filter(problem -> LATER.stream().noneMatch(problem::contains))
                        .forEach(problem -> strayed.add(sample.place() + ": " + problem));
            }
        }
        System.out.println("samples: " + taken + " taken, " + refused.size() + " refused by the servers, "
                + samples.unread().size() + " unreadable");
        assertThat(lost).isEmpty();
        assertThat(strayed).isEmpty();
        assertThat(taken.values().stream().mapToInt(Integer::intValue).sum())
                .as("refused by the servers: %s, unreadable: %s", refused, samples.unread())
                .isGreaterThan(2 * (refused.size() + samples.unread().size()));
    }

    /** Puts an object where it can be tried; the older versions of a SeldonDeployment are its first one by another name. */
    private static Map<String, Object> placed(Map<String, Object> tree) {
        Map<String, Object> placed = new LinkedHashMap<>(tree);
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (tree.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((field, value) -> metadata.put(String.valueOf(field), value));
        }
        metadata.put("namespace", NAMESPACE);
        placed.put("metadata", metadata);
        if ("SeldonDeployment".equals(tree.get("kind"))) {
            placed.put("apiVersion", "machinelearning.seldon.io/v1");
        }
        return placed;
    }

    /** Returns why the server refuses an object; empty where it takes it. */
    private static String verdict(KubeAccess kube, Map<String, Object> tree) {
        try {
            KubeAccess.Kind kind = kube.kind(String.valueOf(tree.get("apiVersion")), String.valueOf(tree.get("kind")));
            kube.apply(kind, tree, KubeAccess.Apply.DEFAULT.asDryRun());
            return "";
        } catch (MlPlatformException e) {
            return e.getMessage();
        }
    }

    /** Numbers by their value; fields that are null are none. */
    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new TreeMap<>();
            map.forEach((field, of) -> {
                if (of != null) {
                    copy.put(String.valueOf(field), normal(of));
                }
            });
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> item == null ? Set.of() : normal(item))
                    .toList();
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }
}
