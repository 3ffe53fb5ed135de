package dev.fairlead.seldon;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.KubeAccess.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows one deployment out of the watches that all waits of a namespace share. */
final class RolloutViews implements RolloutSource {
    private final String namespace;
    private final String name;
    private final String id;
    private final View objects;
    private final View deployments;
    private final View pods;
    private final View replicaSets;
    private volatile boolean ready;

    /** Begins to watch; {@code again} is run when something changed. */
    RolloutViews(KubeAccess kube, String namespace, String name, Runnable again) {
        this.namespace = namespace;
        this.name = name;
        this.id = SeldonNames.deploymentId(name);
        this.objects = kube.view(
                SeldonDeploymentCodec.KIND,
                namespace,
                null,
                listener(again, o -> name.equals(Trees.at(o, "metadata").get("name"))));
        View.Listener made =
                listener(again, o -> id.equals(Trees.at(o, "metadata", "labels").get(SeldonNames.DEPLOYMENT_ID)));
        this.deployments = kube.view(Kind.DEPLOYMENT, namespace, SeldonNames.DEPLOYMENT_ID, made);
        this.pods = kube.view(Kind.POD, namespace, SeldonNames.DEPLOYMENT_ID, made);
        this.replicaSets = kube.view(Kind.REPLICA_SET, namespace, SeldonNames.DEPLOYMENT_ID, made);
        this.ready = true;
    }

    /** While the views are being opened nobody is to look through them. */
    private View.Listener listener(Runnable again, Predicate<Map<String, Object>> isMine) {
        return new View.Listener() {
            @Override
            public void changed(@Nullable Map<String, Object> before, @Nullable Map<String, Object> now) {
                Map<String, Object> object = now == null ? before : now;
                if (ready && object != null && isMine.test(object)) {
                    again.run();
                }
            }

            @Override
            public void stateChanged() {
                if (ready) {
                    again.run();
                }
            }
        };
    }

    /** Returns the views that are needed: the ReplicaSets are left out where they may not be read. */
    private List<View> needed() {
        boolean withheld = replicaSets
                .trouble()
                .filter(PermissionException.class::isInstance)
                .isPresent();
        return withheld ? List.of(objects, deployments, pods) : List.of(objects, deployments, pods, replicaSets);
    }

    /** Tells whether somebody who may read may not watch. */
    boolean isForbidden() {
        return needed().stream()
                .flatMap(view -> view.trouble().stream())
                .anyMatch(trouble -> trouble instanceof PermissionException);
    }

    /** Returns what keeps a watch from going on, the worst first. */
    Optional<MlPlatformException> trouble() {
        List<MlPlatformException> troubles =
                needed().stream().flatMap(view -> view.trouble().stream()).toList();
        return troubles.stream()
                .filter(t -> !t.retryable())
                .findFirst()
                .or(() -> troubles.stream().findFirst());
    }

    /** Tells whether everything has been listed, and the deployment is no older here than in the answer we have of it. */
    boolean isUpTo(String version) {
        return needed().stream().allMatch(View::isListed) && (version.isEmpty() || objects.hasReached(version));
    }

    @Override
    public Optional<Map<String, Object>> object() {
        return objects.find(namespace, name);
    }

    @Override
    public List<Map<String, Object>> deployments() {
        return deployments.labelled(SeldonNames.DEPLOYMENT_ID, id);
    }

    @Override
    public List<Map<String, Object>> pods() {
        return pods.labelled(SeldonNames.DEPLOYMENT_ID, id);
    }

    @Override
    public List<Map<String, Object>> replicaSets() {
        return replicaSets.labelled(SeldonNames.DEPLOYMENT_ID, id);
    }

    void close() {
        Stream.of(objects, deployments, pods, replicaSets).forEach(View::close);
    }
}
