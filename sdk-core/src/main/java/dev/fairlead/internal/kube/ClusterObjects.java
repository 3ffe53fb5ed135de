package dev.fairlead.internal.kube;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.kubernetes.KubernetesObjects;
import dev.fairlead.kubernetes.PodStatus;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Apply;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Poller.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects on the platform's cluster. */
public final class ClusterObjects implements KubernetesObjects {
    private static final int SHOWN_LOG_LINES = 20;

    private final KubeAccess kube;
    private final Poller poller;
    private final Apply how;

    private ClusterObjects(KubeAccess kube, Poller poller, Apply how) {
        this.kube = kube;
        this.poller = poller;
        this.how = how;
    }

    /** Takes the platform's cluster. */
    public static KubernetesObjects of(MlPlatform platform) {
        PlatformSpi spi = PlatformSpi.of(platform);
        return new ClusterObjects(spi.kube(), spi.poller(), Apply.DEFAULT);
    }

    @Override
    public KubernetesObjects fieldManager(String name) {
        return new ClusterObjects(kube, poller, new Apply(name, how.force(), how.dryRun()));
    }

    @Override
    public KubernetesObjects forced() {
        return new ClusterObjects(kube, poller, how.forced());
    }

    @Override
    public Map<String, Object> apply(Map<String, ?> object) {
        Map<String, Object> tree = checked(object);
        return kube.apply(kind(tree), tree, how);
    }

    private static Map<String, Object> checked(Map<String, ?> object) {
        Map<String, Object> tree = new LinkedHashMap<>(object);
        List<Problem> problems = new ArrayList<>();
        for (String field : List.of("apiVersion", "kind")) {
            if (!(tree.get(field) instanceof String text) || text.isBlank()) {
                problems.add(new Problem(field, "must be set", String.valueOf(tree.get(field))));
            }
        }
        Object name = KubeCalls.metadata(tree).get("name");
        if (!(name instanceof String text) || text.isBlank()) {
            problems.add(new Problem("metadata.name", "must be set", String.valueOf(name)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException("object", problems);
        }
        return tree;
    }

    private Kind kind(Map<String, Object> tree) {
        return kube.kind(String.valueOf(tree.get("apiVersion")), String.valueOf(tree.get("kind")));
    }

    @Override
    public ApplyPlan plan(Map<String, ?> object) {
        Map<String, Object> tree = checked(object);
        return kube.plan(kind(tree), tree, how);
    }

    @Override
    public Operation<PodStatus> operation(String id) {
        int slash = id.indexOf('/');
        if (slash <= 0 || slash == id.length() - 1) {
            throw new InvalidValueException(
                    "operation", List.of(new Problem("id", "must be namespace/pod", "'" + id + "'")));
        }
        return pod(id.substring(0, slash), id.substring(slash + 1));
    }

    @Override
    public Operation<PodStatus> pod(String namespace, String name) {
        String id = namespace + "/" + name;
        return poller.operation(new Poller.Spec<>(
                id,
                "pod " + id,
                deadline -> look(id, kube.get(Kind.POD, namespace, name)),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                () -> kube.delete(Kind.POD, namespace, name)));
    }

    private Seen<PodStatus> look(String id, Map<String, Object> pod) {
        PodStatus status = PodStatus.of(pod);
        if (status.ready() || status.phase().equals("Succeeded")) {
            return new Seen.Done<>(status);
        }
        Optional<PodStatus.Problem> problem = status.problem();
        boolean failed = status.phase().equals("Failed");
        if (failed || problem.filter(PodStatus.Problem::lasting).isPresent()) {
            String why = problem.map(PodStatus.Problem::toString).orElse("no reason given");
            return new Seen.Failed<>(new OperationFailedException(
                    "pod " + id + (failed ? " failed: " : " does not start: ") + why,
                    id,
                    problem.map(PodStatus.Problem::reason).orElse(status.phase()),
                    log(status, problem.map(PodStatus.Problem::container).orElse("")),
                    null));
        }
        return new Seen.Pending<>(
                status.phase(), problem.map(PodStatus.Problem::toString).orElse(""));
    }

    /** The log is a help, not the matter: when it cannot be had, the failure is told without it. */
    private String log(PodStatus status, String container) {
        try {
            return kube.logs(
                    status.namespace(), status.name(), container.isEmpty() ? null : container, SHOWN_LOG_LINES);
        } catch (MlPlatformException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return "KubernetesObjects[" + kube.server() + ", as " + how.fieldManager() + "]";
    }
}
