package dev.fairlead.seldon.internal.crd;

import dev.fairlead.seldon.kserve.DeploymentMode;
import dev.fairlead.seldon.kserve.InferenceServiceStatus;
import dev.fairlead.seldon.kserve.LoadFailure;
import dev.fairlead.seldon.kserve.TransitionStatus;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what KServe reports. */
public final class InferenceServiceStatusCodec {
    private InferenceServiceStatusCodec() {}

    /** Reads the status of an InferenceService. */
    public static InferenceServiceStatus read(Map<String, Object> tree) {
        Map<String, Object> metadata = Trees.at(tree, "metadata");
        Map<String, Object> status = Trees.at(tree, "status");
        InferenceServiceStatus.Builder builder = InferenceServiceStatus.builder()
                .name(Trees.text(metadata, "name"))
                .namespace(Trees.text(metadata, "namespace"));
        Fields fields = new Fields(status);
        fields.text("url", URI::create, builder::url);
        fields.text("deploymentMode", v -> builder.deploymentMode(DeploymentMode.of(v)));
        model(Trees.at(status, "modelStatus"), builder);
        for (Map<String, Object> condition : Trees.objects(status, "conditions")) {
            builder.addCondition(new InferenceServiceStatus.Condition(
                    Trees.text(condition, "type"),
                    Trees.text(condition, "status"),
                    Trees.text(condition, "reason"),
                    Trees.text(condition, "message")));
        }
        Trees.at(status, "components")
                .keySet()
                .forEach(name -> builder.putComponent(name, component(Trees.at(status, "components", name))));
        return builder.build();
    }

    private static void model(Map<String, Object> model, InferenceServiceStatus.Builder builder) {
        new Fields(model).text("transitionStatus", v -> builder.transition(TransitionStatus.of(v)));
        Map<String, Object> states = Trees.at(model, "states");
        builder.activeModelState(Trees.text(states, "activeModelState"));
        builder.targetModelState(Trees.text(states, "targetModelState"));
        Map<String, Object> failure = Trees.at(model, "lastFailureInfo");
        if (!failure.isEmpty()) {
            builder.lastFailure(new LoadFailure(
                    Trees.text(failure, "reason"),
                    Trees.text(failure, "message"),
                    Trees.text(failure, "location"),
                    Trees.number(failure, "exitCode", 0)));
        }
    }

    private static InferenceServiceStatus.Component component(Map<String, Object> component) {
        Integer percent = null;
        for (Map<String, Object> target : Trees.objects(component, "traffic")) {
            if (Boolean.TRUE.equals(target.get("latestRevision"))) {
                percent = Trees.number(target, "percent", 0);
            }
        }
        return new InferenceServiceStatus.Component(
                address(Trees.text(component, "url")),
                Trees.text(component, "latestCreatedRevision"),
                Trees.text(component, "latestReadyRevision"),
                Trees.text(component, "latestRolledoutRevision"),
                Trees.text(component, "previousRolledoutRevision"),
                percent);
    }

    private static @Nullable URI address(String text) {
        try {
            return text.isEmpty() ? null : URI.create(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
