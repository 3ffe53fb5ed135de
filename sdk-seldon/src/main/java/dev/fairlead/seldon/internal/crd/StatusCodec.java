package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import java.net.URI;
import java.util.Map;

/** Reads what the operator reports. */
public final class StatusCodec {
    private StatusCodec() {}

    /** Reads the status of a SeldonDeployment. */
    public static SeldonDeploymentStatus read(Map<String, Object> tree) {
        Map<String, Object> metadata = Trees.at(tree, "metadata");
        Map<String, Object> status = Trees.at(tree, "status");
        SeldonDeploymentStatus.Builder builder = SeldonDeploymentStatus.builder()
                .name(Trees.text(metadata, "name"))
                .namespace(Trees.text(metadata, "namespace"))
                .description(Trees.text(status, "description"));
        Fields fields = new Fields(status);
        fields.text("state", v -> builder.state(DeploymentState.of(v)));
        new Fields(status.get("address")).text("url", URI::create, builder::address);
        Trees.at(status, "deploymentStatus").forEach((name, value) -> {
            Map<String, Object> counts = Trees.at(status, "deploymentStatus", name);
            builder.putReplica(
                    name,
                    new SeldonDeploymentStatus.Replicas(
                            Trees.number(counts, "replicas", 0), Trees.number(counts, "availableReplicas", 0)));
        });
        for (Map<String, Object> condition : Trees.objects(status, "conditions")) {
            builder.addCondition(new SeldonDeploymentStatus.Condition(
                    Trees.text(condition, "type"),
                    "True".equals(condition.get("status")),
                    Trees.text(condition, "reason"),
                    Trees.text(condition, "message")));
        }
        return builder.build();
    }
}
