package dev.fairlead.seldon;

import dev.fairlead.error.ConflictException;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.seldon.internal.crd.SeldonDeploymentCodec;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.spi.KubeAccess;
import java.util.Map;
import java.util.Optional;

/** Takes back what one change did to a deployment, as long as nobody else has changed its specification since. */
final class RolloutUndo {
    private static final int MOST_COLLISIONS = 5;

    private final KubeAccess kube;
    private final Optional<Map<String, Object>> before;
    private final Map<String, Object> after;

    /** Remembers what was there before a change, and the server's answer to it. */
    RolloutUndo(KubeAccess kube, Optional<Map<String, Object>> before, Map<String, Object> after) {
        this.kube = kube;
        this.before = before;
        this.after = after;
    }

    private static Map<String, Object> metadata(Map<String, Object> object) {
        return Trees.at(object, "metadata");
    }

    private static long generation(Map<String, Object> object) {
        return Trees.number(metadata(object), "generation", 0);
    }

    private static String uid(Map<String, Object> object) {
        return Trees.text(metadata(object), "uid");
    }

    private String namespace() {
        return Trees.text(metadata(after), "namespace");
    }

    private String name() {
        return Trees.text(metadata(after), "name");
    }

    private boolean wasThere() {
        return before.isPresent() && uid(before.get()).equals(uid(after));
    }

    /** Tells whether the change changed anything that pods are made of. */
    boolean hasChanged() {
        return !wasThere() || generation(before.orElseThrow()) != generation(after);
    }

    /**
     * Takes the change back; returns what was done, in words.
     *
     * @throws ConflictException if others have changed the deployment meanwhile; then nothing was done
     */
    String run() {
        for (int attempt = 1; ; attempt++) {
            Optional<Map<String, Object>> present = kube.find(SeldonDeploymentCodec.KIND, namespace(), name());
            if (present.isEmpty()) {
                return "the deployment was deleted meanwhile";
            }
            check(present.get());
            try {
                return undo(Trees.text(metadata(present.get()), "resourceVersion"));
            } catch (FieldConflictException ofOthers) {
                throw ofOthers;
            } catch (ConflictException changedMeanwhile) {
                if (attempt == MOST_COLLISIONS) { // the operator's own reports count as changes, too
                    throw changedMeanwhile;
                }
            }
        }
    }

    private void check(Map<String, Object> present) {
        if (!uid(present).equals(uid(after)) || generation(present) != generation(after)) {
            throw others("its specification was changed after this change");
        }
        if (generation(after) != (wasThere() ? generation(before.orElseThrow()) + 1 : 1)) {
            throw others("others changed its specification together with this change");
        }
    }

    private ConflictException others(String reason) {
        return new ConflictException(
                OwnRefusal.of(kube, "cancel rollout", "PATCH", namespace(), name(), 409, reason),
                "nothing was changed: deploy the specification that is wanted now");
    }

    private String undo(String version) {
        if (!wasThere()) {
            kube.delete(
                    SeldonDeploymentCodec.KIND,
                    namespace(),
                    name(),
                    KubeAccess.Delete.BACKGROUND.only(uid(after), version));
            return "the deployment it made is deleted";
        }
        Map<String, Object> tree = Trees.withoutServersOwn(Trees.copy(before.orElseThrow()));
        Trees.at(tree, "metadata").put("resourceVersion", version);
        kube.apply(SeldonDeploymentCodec.KIND, tree, KubeAccess.Apply.DEFAULT);
        return "the specification before it is back";
    }
}
