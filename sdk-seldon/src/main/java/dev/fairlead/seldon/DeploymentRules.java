package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must hold of a deployment as a whole: what Seldon's webhook refuses, and what it lets through and breaks later.
 */
final class DeploymentRules {
    private static final Set<String> KAFKA = Set.of("KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC");

    private DeploymentRules() {}

    static void check(SeldonDeployment deployment, Problems at) {
        if (at.requireText("name", deployment.name())) {
            SeldonNames.checkSubdomain(at, "name", deployment.name());
            at.require(
                    !deployment.name().contains("."),
                    "name",
                    "must not hold '.', for it becomes part of the names of Services",
                    deployment.name());
        }
        deployment.namespace().ifPresent(namespace -> SeldonNames.checkLabel(at, "namespace", namespace));
        SeldonNames.checkLabels(at, "labels", deployment.labels());
        deployment.annotations().keySet().forEach(key -> SeldonNames.checkKey(at, "annotations", key));
        checkSettings(deployment, at);
        deployment
                .protocol()
                .ifPresent(protocol -> at.require(
                        protocol.isKnown(), "protocol", "must be one of " + ServingProtocol.known(), protocol));
        deployment
                .transport()
                .ifPresent(transport ->
                        at.require(transport.isKnown(), "transport", "must be one of " + Transport.known(), transport));
        deployment.replicas().ifPresent(n -> at.require(n >= 0, "replicas", "must not be negative", n));
        at.require(!deployment.predictors().isEmpty(), "predictors", "must hold a predictor", "none");
        at.parts("predictors", deployment.predictors());
        checkNames(deployment, at);
        checkTraffic(deployment.predictors(), at);
        checkServers(deployment, at);
        checkEndpoints(deployment, at);
        checkKafka(deployment, at);
        OperatorRules.check(deployment, at);
    }

    private static void checkSettings(SeldonDeployment deployment, Problems at) {
        deployment.settings().keySet().forEach(key -> SeldonNames.checkKey(at, "settings", key));
        for (SeldonSetting<?> setting : SeldonSetting.known()) {
            String text = deployment.settings().get(setting.key());
            if (text != null) {
                at.require(setting.accepts(text), "settings[" + setting.key() + "]", setting.rule(), text);
            }
        }
        for (String key : List.of(SeldonNames.NO_ENGINE, SeldonNames.SERVICE_NAME)) {
            at.require(
                    !deployment.settings().containsKey(key),
                    "settings[" + key + "]",
                    "must be an annotation of a predictor; it has no effect here",
                    deployment.settings().get(key));
        }
    }

    private static void checkNames(SeldonDeployment deployment, Problems at) {
        Set<String> names = new HashSet<>();
        Set<String> services = new HashSet<>();
        for (int i = 0; i < deployment.predictors().size(); i++) {
            PredictorSpec predictor = deployment.predictors().get(i);
            Problems here = at.at("predictors[" + i + "]");
            here.require(
                    names.add(String.valueOf(predictor.name())),
                    "name",
                    "must not be that of another predictor",
                    predictor.name());
            String service = predictor.annotations().get(SeldonNames.SERVICE_NAME);
            here.require(
                    service == null || services.add(service),
                    "annotations[" + SeldonNames.SERVICE_NAME + "]",
                    "must not be that of another predictor",
                    service);
        }
    }

    static void checkTraffic(List<PredictorSpec> predictors, Problems at) {
        int sum = 0;
        int shadows = 0;
        for (int i = 0; i < predictors.size(); i++) {
            PredictorSpec predictor = predictors.get(i);
            int traffic = predictor.traffic().orElse(0);
            at.require(
                    traffic >= 0 && traffic <= 100,
                    "predictors[" + i + "].traffic",
                    "must be 0 to 100 percent",
                    traffic);
            if (predictor.shadow()) {
                shadows++;
            } else {
                sum += traffic;
            }
        }
        int answering = predictors.size() - shadows;
        at.require(shadows <= 1, "predictors", "must hold at most one shadow", shadows);
        at.require(
                answering > 0 || predictors.isEmpty(), "predictors", "must hold one that is no shadow", "shadows only");
        if (answering > 1) {
            at.require(sum == 100, "predictors", "must have traffic that adds up to 100 percent", sum);
        } else if (answering == 1) {
            at.require(
                    sum == 0 || sum == 100,
                    "predictors",
                    "must have traffic 100, or none said, where only one predictor answers",
                    sum);
        }
    }

    private static void checkServers(SeldonDeployment deployment, Problems at) {
        ServingProtocol protocol = deployment.protocol().orElse(ServingProtocol.SELDON);
        if (!protocol.isKnown()) {
            return;
        }
        for (int i = 0; i < deployment.predictors().size(); i++) {
            PredictorSpec predictor = deployment.predictors().get(i);
            if (predictor.graph() == null) {
                continue;
            }
            for (Map.Entry<String, GraphNode> node : GraphRules.all(predictor.graph())) {
                Problems here = at.at("predictors[" + i + "]." + node.getKey());
                node.getValue()
                        .implementation()
                        .ifPresent(server -> here.require(
                                server.speaks(protocol) || ownImage(predictor, node.getValue(), server, protocol),
                                "implementation",
                                "must be a server that speaks the protocol " + protocol + hint(server),
                                server));
            }
        }
    }

    /** An image of one's own stands in where Seldon has none, except where the webhook refuses the pair by name. */
    private static boolean ownImage(
            PredictorSpec predictor, GraphNode node, ServerImplementation server, ServingProtocol protocol) {
        boolean refused = protocol.equals(ServingProtocol.TENSORFLOW)
                && Set.of(
                                ServerImplementation.SKLEARN,
                                ServerImplementation.XGBOOST,
                                ServerImplementation.MLFLOW,
                                ServerImplementation.HUGGINGFACE)
                        .contains(server);
        return !refused && PredictorRules.hasImage(predictor, node);
    }

    private static String hint(ServerImplementation server) {
        return server.speaks(ServingProtocol.V2) ? "; set protocol v2" : "";
    }

    private static void checkEndpoints(SeldonDeployment deployment, Problems at) {
        Map<EndpointType, String> places = new HashMap<>();
        for (int i = 0; i < deployment.predictors().size(); i++) {
            GraphNode graph = deployment.predictors().get(i).graph();
            if (graph == null) {
                continue;
            }
            for (Map.Entry<String, GraphNode> node : GraphRules.all(graph)) {
                String place = "predictors[" + i + "]." + node.getKey() + ".endpoint.type";
                PredictorRules.endpointType(node.getValue()).ifPresent(type -> places.putIfAbsent(type, place));
            }
        }
        deployment
                .transport()
                .ifPresent(transport -> places.forEach((type, place) -> at.require(
                        type.toString().equalsIgnoreCase(transport.value()),
                        place,
                        "must agree with the deployment's transport " + transport + "; leave it out",
                        type)));
        at.require(
                places.size() <= 1,
                "predictors",
                "must have one endpoint.type in all graphs; set transport instead",
                places.keySet());
    }

    private static void checkKafka(SeldonDeployment deployment, Problems at) {
        Optional<ServerType> type = deployment.serverType();
        type.ifPresent(t -> at.require(t.isKnown(), "serverType", "must be rpc or kafka", t));
        if (type.filter(ServerType.KAFKA::equals).isPresent()) {
            for (int i = 0; i < deployment.predictors().size(); i++) {
                Set<String> missing = new HashSet<>(KAFKA);
                missing.removeAll(orchestratorEnv(deployment.predictors().get(i)));
                at.require(
                        missing.isEmpty(),
                        "predictors[" + i + "].svcOrchSpec.env",
                        "must set KAFKA_BROKER, KAFKA_INPUT_TOPIC and KAFKA_OUTPUT_TOPIC for the server type kafka",
                        "without " + missing.stream().sorted().toList());
            }
        }
    }

    private static Set<String> orchestratorEnv(PredictorSpec predictor) {
        return predictor.orchestrator().map(OrchestratorSpec::variables).orElse(List.of()).stream()
                .map(EnvVariable::name)
                .collect(Collectors.toSet());
    }
}
