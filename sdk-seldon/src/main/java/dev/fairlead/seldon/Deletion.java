package dev.fairlead.seldon;

import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Delete;
import dev.fairlead.spi.KubeAccess.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Deletes a deployment and waits until nothing of it is left. */
final class Deletion {
    /** The cluster's own: it stands for what the object owns, and goes with it. */
    private static final String FOREGROUND = "foregroundDeletion";

    private final KubeAccess kube;
    private final String namespace;
    private final String name;
    private final Deadline deadline;

    Deletion(KubeAccess kube, String namespace, String name, Deadline deadline) {
        this.kube = kube;
        this.namespace = namespace;
        this.name = name;
        this.deadline = deadline;
    }

    boolean run() {
        Optional<Map<String, Object>> object = kube.find(SeldonDeploymentCodec.KIND, namespace, name);
        if (object.isEmpty() || !kube.delete(SeldonDeploymentCodec.KIND, namespace, name, Delete.FOREGROUND)) {
            return false;
        }
        String uid = uid(object.get());
        boolean gone = kube.watch(
                SeldonDeploymentCodec.KIND, namespace, name, now -> now == null || !uid(now).equals(uid), deadline);
        if (!gone) {
            throw stuck();
        }
        return true;
    }

    private static String uid(Map<String, Object> object) {
        return Trees.text(Trees.at(object, "metadata"), "uid");
    }

    private OperationTimeoutException stuck() {
        List<String> held = new ArrayList<>();
        kube.find(SeldonDeploymentCodec.KIND, namespace, name)
                .flatMap(object -> held("SeldonDeployment " + name, object))
                .ifPresent(held::add);
        String ofIt = SeldonNames.DEPLOYMENT_ID + "=" + SeldonNames.deploymentId(name);
        for (Kind kind : List.of(Kind.DEPLOYMENT, Kind.SERVICE, Kind.POD)) {
            kube.list(kind, namespace, ofIt).stream()
                    .flatMap(o -> held(kind.kind() + " " + PodDiagnosis.name(o), o).stream())
                    .forEach(held::add);
        }
        String why = held.isEmpty()
                ? "the cluster is still removing what belongs to it"
                : "held by " + String.join(", ", held)
                        + "; a finalizer is taken off by whoever put it there: see that it runs, or remove it from"
                        + " metadata.finalizers where it is gone for good";
        String took = deadline.total().toString().substring(2).toLowerCase(Locale.ROOT);
        return new OperationTimeoutException(
                "seldon deployment " + namespace + "/" + name + " was not gone after " + took + ": " + why
                        + "; it is marked for deletion and goes when it can",
                Rollout.id(namespace, name),
                "Terminating",
                null);
    }

    /** Says which finalizers hold an object, if any do. */
    private static Optional<String> held(String what, Map<String, Object> object) {
        List<String> finalizers = Trees.at(object, "metadata").get("finalizers") instanceof List<?> list
                ? list.stream()
                        .map(String::valueOf)
                        .filter(f -> !f.equals(FOREGROUND))
                        .toList()
                : List.of();
        return Stream.of(finalizers)
                .filter(f -> !f.isEmpty())
                .findFirst()
                .map(f -> "finalizer " + String.join(" and ", f) + " on " + what);
    }
}
