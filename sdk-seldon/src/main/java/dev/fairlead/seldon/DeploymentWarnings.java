package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What a deployment says that the cluster accepts and the operator ignores. */
final class DeploymentWarnings {
    private static final Set<String> DEAD = Set.of("name", "oauth_key", "oauth_secret");
    /** What only {@code spec.annotations} say to the operator or the orchestrator. */
    private static final List<SeldonSetting<?>> IN_SPEC_ONLY = List.of(
            SeldonSetting.ENGINE_SEPARATE_POD,
            SeldonSetting.NO_STORAGE_INITIALIZER,
            SeldonSetting.GRPC_MAX_MESSAGE_SIZE);

    private static final Set<String> TRITON_PARAMETERS =
            Set.of("model_control_mode", "load_model", "strict_model_config");

    private DeploymentWarnings() {}

    static List<Problem> of(SeldonDeployment deployment) {
        return Problems.of(at -> check(deployment, at));
    }

    private static void check(SeldonDeployment deployment, Problems at) {
        if (deployment.additionalFields().get("spec") instanceof Map<?, ?> spec) {
            DEAD.stream()
                    .sorted()
                    .filter(spec::containsKey)
                    .forEach(field -> at.add("spec." + field, "has no effect any more; leave it out", "set"));
        }
        settings(deployment, at);
        for (int i = 0; i < deployment.predictors().size(); i++) {
            PredictorSpec predictor = deployment.predictors().get(i);
            Problems here = at.at("predictors[" + i + "]");
            orchestrator(deployment, predictor, here);
            replicas(deployment, predictor, here);
            explainer(deployment, predictor, here);
            budget(deployment, predictor, here);
            if (predictor.graph() != null) {
                GraphRules.all(predictor.graph())
                        .forEach(n -> node(deployment, predictor, n.getValue(), here.at(n.getKey())));
            }
        }
    }

    private static void settings(SeldonDeployment deployment, Problems at) {
        for (SeldonSetting<?> setting : IN_SPEC_ONLY) {
            at.require(
                    !deployment.annotations().containsKey(setting.key()),
                    "annotations[" + setting.key() + "]",
                    "has no effect on the object; set it among the settings (spec.annotations)",
                    deployment.annotations().get(setting.key()));
        }
        String timeout = SeldonSetting.ISTIO_RETRIES_TIMEOUT.key();
        at.require(
                !deployment.settings().containsKey(timeout)
                        || deployment.settings().containsKey(SeldonSetting.ISTIO_RETRIES.key()),
                "settings[" + timeout + "]",
                "has no effect without " + SeldonSetting.ISTIO_RETRIES,
                deployment.settings().get(timeout));
        boolean triton = deployment.predictors().stream()
                .filter(p -> p.graph() != null)
                .flatMap(p -> GraphRules.all(p.graph()).stream())
                .anyMatch(n -> isTriton(n.getValue()));
        String initializer = SeldonSetting.NO_STORAGE_INITIALIZER.key();
        at.require(
                triton || !deployment.settings().containsKey(initializer),
                "settings[" + initializer + "]",
                "has no effect without a node of TRITON_SERVER",
                deployment.settings().get(initializer));
    }

    private static boolean isTriton(GraphNode node) {
        return node.implementation().filter(ServerImplementation.TRITON::equals).isPresent();
    }

    private static void orchestrator(SeldonDeployment deployment, PredictorSpec predictor, Problems at) {
        boolean old = predictor.engineResources().isPresent()
                || predictor.additionalFields().containsKey("engineResources");
        at.require(!old, "engineResources", "has no effect any more; set the orchestrator's resources", "set");
        predictor.orchestrator().ifPresent(orchestrator -> {
            at.require(
                    Planner.hasEngine(predictor),
                    "svcOrchSpec",
                    "has no effect with the annotation " + SeldonNames.NO_ENGINE,
                    "set");
            orchestrator
                    .replicas()
                    .ifPresent(n -> at.require(
                            Planner.isSeparate(deployment),
                            "svcOrchSpec.replicas",
                            "has no effect without the setting " + SeldonSetting.ENGINE_SEPARATE_POD,
                            n));
        });
    }

    private static void replicas(SeldonDeployment deployment, PredictorSpec predictor, Problems at) {
        Planner.objects(deployment, OperatorSettings.defaults()).stream()
                .filter(o ->
                        o.predictor().equals(predictor.name()) && o.replicas().equals(OptionalInt.of(0)))
                .findFirst()
                .ifPresent(o -> at.add(
                        "replicas",
                        "keeps the operator from ever calling the deployment Available and from writing routes; leave the predictor out",
                        "0 pods for " + o.purpose()));
        List<ComponentSpec> components = predictor.componentSpecs();
        boolean scaled = !components.isEmpty() && components.stream().allMatch(ComponentSpec::isScaled);
        predictor
                .replicas()
                .ifPresent(n -> at.require(
                        !scaled || n == 0, "replicas", "has no effect where autoscalers decide for every pod", n));
        for (int i = 0; i < components.size(); i++) {
            boolean empty = Containers.of(predictor).pods().get(i).isEmpty();
            at.require(
                    !empty,
                    "componentSpecs[" + i + "]",
                    "has no effect without a container; the operator adds those of servers to the first pod alone",
                    "no container");
        }
    }

    private static void explainer(SeldonDeployment deployment, PredictorSpec predictor, Problems at) {
        ServingProtocol protocol = deployment.protocol().orElse(ServingProtocol.SELDON);
        boolean v2 = protocol.equals(ServingProtocol.V2) || protocol.equals(ServingProtocol.KFSERVING);
        predictor.explainer().ifPresent(explainer -> {
            at.require(
                    explainer.type().isPresent(), "explainer", "has no effect without a type; leave it out", "empty");
            at.require(
                    explainer.config().isEmpty() || !v2,
                    "explainer.config",
                    "has no effect with the protocol " + protocol + "; set initParameters",
                    explainer.config().keySet());
            explainer
                    .initParameters()
                    .ifPresent(json -> at.require(
                            v2,
                            "explainer.initParameters",
                            "has no effect with the protocol " + protocol + "; set config",
                            json));
            at.require(
                    explainer.modelUri().isPresent()
                            || (explainer.envSecretRefName().isEmpty()
                                    && explainer.storageInitializerImage().isEmpty()),
                    "explainer.envSecretRefName",
                    "has no effect without a modelUri, nor has storageInitializerImage",
                    explainer.envSecretRefName().orElse(""));
        });
    }

    private static void budget(SeldonDeployment deployment, PredictorSpec predictor, Problems at) {
        int pods = deployment.predictors().stream()
                .mapToInt(p -> p.replicas().orElse(deployment.replicas().orElse(1))
                        * Math.max(1, p.componentSpecs().size()))
                .sum();
        boolean scaled = deployment.predictors().stream()
                .flatMap(p -> p.componentSpecs().stream())
                .anyMatch(ComponentSpec::isScaled);
        for (int i = 0; i < predictor.componentSpecs().size(); i++) {
            String place = "componentSpecs[" + i + "].pdbSpec";
            predictor.componentSpecs().get(i).pdb().ifPresent(pdb -> {
                boolean blocks = !scaled
                        && (pdb.minAvailable()
                                        .filter(a -> least(a, pods) >= pods)
                                        .isPresent()
                                || pdb.maxUnavailable()
                                        .filter(a -> a.equals("0") || a.equals("0%"))
                                        .isPresent());
                at.require(!blocks, place, "lets no pod be evicted, so that no node can be drained", "of " + pods);
            });
        }
    }

    private static int least(String amount, int pods) {
        if (!amount.matches("[0-9]{1,6}%?")) {
            return 0;
        }
        int number = Integer.parseInt(amount.replace("%", ""));
        return amount.endsWith("%") ? (pods * number + 99) / 100 : number;
    }

    private static void node(SeldonDeployment deployment, PredictorSpec predictor, GraphNode node, Problems at) {
        boolean server = Containers.isServer(node);
        boolean fetched = node.modelUri().isPresent() || node.additionalFields().containsKey("modelUri");
        at.require(
                fetched
                        || (node.envSecretRefName().isEmpty()
                                && node.storageInitializerImage().isEmpty()),
                "envSecretRefName",
                "has no effect without a modelUri, nor has storageInitializerImage",
                node.envSecretRefName().orElse(""));
        node.type()
                .ifPresent(type -> at.require(
                        !server || type.equals(NodeType.MODEL),
                        "type",
                        "has no effect on a server, which is always a MODEL",
                        type));
        boolean contained = Containers.of(predictor).find(String.valueOf(node.name())) != null;
        node.endpoint()
                .ifPresent(endpoint -> at.require(
                        !contained
                                || (endpoint.serviceHost().isEmpty()
                                        && endpoint.servicePort().isEmpty()
                                        && endpoint.httpPort().isEmpty()
                                        && endpoint.grpcPort().isEmpty()),
                        "endpoint",
                        "has no effect but by its type: the operator writes host and ports; name the container's ports http and grpc",
                        "host or ports"));
        boolean direct =
                deployment.setting(SeldonSetting.NO_STORAGE_INITIALIZER).orElse(false);
        if (isTriton(node) && !direct) {
            node.parameters().stream()
                    .filter(p -> TRITON_PARAMETERS.contains(p.name()))
                    .forEach(p -> at.add(
                            "parameters[" + p.name() + "]",
                            "has no effect without the setting " + SeldonSetting.NO_STORAGE_INITIALIZER,
                            p.value()));
        }
    }
}
