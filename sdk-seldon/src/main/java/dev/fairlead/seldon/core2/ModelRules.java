package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.kube.KubeNames;
import dev.fairlead.spi.Problems;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of a model. */
final class ModelRules {
    private static final Set<String> UNREADABLE = Set.of("mlflow-artifacts", "file", "models", "runs");

    private ModelRules() {}

    static void check(SeldonModel model, Problems at) {
        Core2Rules.checkObject(model, at);
        at.require(
                !String.valueOf(model.name()).matches(".*\\.(pipeline|experiment)"),
                "name",
                "must not end in .pipeline or .experiment, by which requests are sent to those",
                model.name());
        Problems spec = at.at("spec");
        checkStorage(model.storageUri(), spec);
        model.modelType().ifPresent(type -> checkWord(type, "modelType", spec));
        Core2Rules.notNegative("artifactVersion", model.artifactVersion(), spec);
        model.secretName().ifPresent(name -> KubeNames.checkSubdomain(spec, "secretName", name));
        int i = 0;
        for (String requirement : model.requirements()) {
            checkWord(requirement, "requirements[" + i++ + "]", spec);
        }
        model.memory().ifPresent(memory -> checkMemory(memory, spec));
        Core2Rules.checkScaling(model.replicas(), model.minReplicas(), model.maxReplicas(), spec);
        model.server().ifPresent(server -> Core2Rules.checkReference("server", server, spec));
        model.logger().ifPresent(logger -> checkLogger(logger, spec));
        model.explainer().ifPresent(explainer -> checkExplainer(explainer, spec));
        for (ModelParameter parameter : model.parameters()) {
            spec.requireText("parameters[" + parameter.name() + "].name", parameter.name());
        }
        spec.require(
                model.explainer().isEmpty() || !Core2Rules.specRest(model).containsKey("llm"),
                "explainer",
                "must not stand beside llm",
                "both");
    }

    private static void checkStorage(@Nullable URI uri, Problems at) {
        if (!at.requireSet("storageUri", uri) || uri == null) {
            return;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (UNREADABLE.contains(scheme)) {
            at.add(
                    "storageUri",
                    "must be an address the cluster can read, such as s3://bucket/path; resolve the model with an artifact root"
                            + " first",
                    uri);
        } else {
            at.require(
                    !scheme.isEmpty() || uri.toString().startsWith("/"),
                    "storageUri",
                    "must name its scheme, such as s3: or gs:, or be an absolute path inside the server's pods",
                    uri);
        }
    }

    private static void checkWord(String word, String field, Problems at) {
        at.require(
                !word.isEmpty() && word.strip().equals(word),
                field,
                "must be a capability, word for word: not empty and without spaces around it",
                word);
    }

    private static void checkMemory(String memory, Problems at) {
        at.require(
                MemoryAmount.bytes(memory).isPresent(),
                "memory",
                "must be whole bytes, in a form the operator can hold, such as '512Mi' or '2G'",
                memory);
    }

    private static void checkLogger(ModelLogger logger, Problems at) {
        logger.percent()
                .ifPresent(percent -> at.require(
                        percent >= 0 && percent <= 100, "logger.percent", "must be 0 to 100 percent", percent));
    }

    private static void checkExplainer(ModelExplainer explainer, Problems at) {
        at.require(explainer.type().isPresent(), "explainer.type", "must be set, such as anchor_tabular", null);
        at.require(
                explainer.modelRef().isEmpty() || explainer.pipelineRef().isEmpty(),
                "explainer.modelRef",
                "must not stand beside pipelineRef: one of them is explained",
                "both");
        explainer.modelRef().ifPresent(name -> Core2Rules.checkReference("explainer.modelRef", name, at));
        explainer.pipelineRef().ifPresent(name -> Core2Rules.checkReference("explainer.pipelineRef", name, at));
    }
}
