package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the webhook lets through and the operator then cannot make, or makes so that it does not work. */
final class OperatorRules {
    private OperatorRules() {}

    static void check(SeldonDeployment deployment, Problems at) {
        for (int i = 0; i < deployment.predictors().size(); i++) {
            PredictorSpec predictor = deployment.predictors().get(i);
            if (predictor.graph() != null) {
                Problems here = at.at("predictors[" + i + "]");
                Containers containers = Containers.of(predictor);
                checkOrchestrator(deployment, predictor, containers, here);
                checkAlone(predictor, containers, here);
                checkCertificate(predictor, containers, here);
                checkContainerNames(containers, here);
                checkModels(predictor, containers, here);
                checkTensorflow(deployment, predictor, containers, here);
                predictor.explainer().ifPresent(explainer -> here.part("explainer", explainer));
            }
        }
        checkBudgets(deployment, at);
        checkHeader(deployment, at);
        checkObjects(deployment, at);
    }

    /** The orchestrator goes into the first pod, beside a container of the graph; without one the operator gives up. */
    private static void checkOrchestrator(
            SeldonDeployment deployment, PredictorSpec predictor, Containers containers, Problems at) {
        boolean beside = !containers.pods().isEmpty()
                && containers.pods().get(0).stream().anyMatch(c -> containers.node(c.name()) != null);
        boolean unrun = containers.nodes().stream()
                .anyMatch(n -> !isBuiltIn(n) && containers.find(String.valueOf(n.name())) == null);
        at.require(
                !Planner.hasEngine(predictor) || Planner.isSeparate(deployment) || beside || unrun,
                "componentSpecs",
                "must begin with a pod that holds a container of the graph: the orchestrator goes beside it; else set "
                        + SeldonSetting.ENGINE_SEPARATE_POD,
                containers.pods().isEmpty() ? "no pod" : "none of the graph in the first pod");
    }

    /** Without an orchestrator the node's own container answers; without either, the operator makes no Service and counts on one. */
    private static void checkAlone(PredictorSpec predictor, Containers containers, Problems at) {
        String name = String.valueOf(predictor.graph().name());
        at.require(
                Planner.hasEngine(predictor) || !isBuiltIn(predictor.graph()) || containers.find(name) != null,
                "annotations[" + SeldonNames.NO_ENGINE + "]",
                "must not be set where no container runs the node: nothing answers, and an explainer beside it crashes the operator",
                predictor.annotations().get(SeldonNames.NO_ENGINE));
    }

    /** The operator looks for the pod of the first node to mount the certificate, and ends itself where there is none. */
    private static void checkCertificate(PredictorSpec predictor, Containers containers, Problems at) {
        String first = String.valueOf(predictor.graph().name());
        predictor
                .certSecretName()
                .ifPresent(secret -> at.require(
                        !Planner.hasEngine(predictor) || containers.find(first) != null,
                        "ssl.certSecretName",
                        "must not be set where no container runs the graph's first node: the operator crashes, for every deployment",
                        secret));
    }

    private static boolean isBuiltIn(GraphNode node) {
        ServerImplementation runner = node.implementation().orElse(ServerImplementation.UNKNOWN);
        return !runner.isServer() && !runner.equals(ServerImplementation.UNKNOWN);
    }

    private static void checkContainerNames(Containers containers, Problems at) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.pods().size(); i++) {
            Set<String> here = new HashSet<>();
            for (Containers.Container container : containers.pods().get(i)) {
                String place = "componentSpecs[" + i + "]";
                at.require(
                        !container.name().equals(Planner.ENGINE) || container.isAdded(),
                        place,
                        "must not name a container as the orchestrator's",
                        container.name());
                at.require(
                        !here.add(container.name())
                                || containers.node(container.name()) == null
                                || names.add(container.name()),
                        place,
                        "must not name a container of the graph that another pod holds already",
                        container.name());
            }
        }
    }

    private static void checkModels(PredictorSpec predictor, Containers containers, Problems at) {
        Map<Integer, List<String>> claims = new HashMap<>();
        for (Map.Entry<String, GraphNode> entry : GraphRules.all(predictor.graph())) {
            GraphNode node = entry.getValue();
            String name = String.valueOf(node.name());
            at.require(
                    node.modelUri().isEmpty() || containers.find(name) != null,
                    entry.getKey() + ".modelUri",
                    "must not be set where no container holds the model",
                    node.modelUri().orElse(null));
            if (node.modelUri().filter(OperatorRules::isClaim).isPresent()) {
                claims.computeIfAbsent(containers.podOf(name), pod -> new ArrayList<>())
                        .add(name);
            }
        }
        claims.values()
                .forEach(nodes -> at.require(
                        nodes.size() == 1,
                        "graph",
                        "must have one model from pvc:// in a pod, for its volume has one name; put the others into pods of their own",
                        nodes));
    }

    private static boolean isClaim(URI uri) {
        return "pvc".equals(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
    }

    /** The operator puts one tfserving container beside all proxies of a pod, with the first one's model. */
    private static void checkTensorflow(
            SeldonDeployment deployment, PredictorSpec predictor, Containers containers, Problems at) {
        if (deployment.protocol().filter(ServingProtocol.TENSORFLOW::equals).isPresent()) {
            return;
        }
        Map<Integer, List<String>> proxies = GraphRules.all(predictor.graph()).stream()
                .map(Map.Entry::getValue)
                .filter(n -> n.implementation()
                        .filter(ServerImplementation.TENSORFLOW::equals)
                        .isPresent())
                .map(GraphNode::name)
                .collect(Collectors.groupingBy(containers::podOf, LinkedHashMap::new, Collectors.toList()));
        proxies.values()
                .forEach(nodes -> at.require(
                        nodes.size() == 1,
                        "graph",
                        "must have one node of TENSORFLOW_SERVER in a pod: they would share the first one's server",
                        nodes));
    }

    private static void checkBudgets(SeldonDeployment deployment, Problems at) {
        long budgets = deployment.predictors().stream()
                .flatMap(p -> p.componentSpecs().stream())
                .filter(c -> c.pdb().isPresent() || c.additionalFields().containsKey("pdbSpec"))
                .count();
        at.require(
                budgets <= 1,
                "predictors",
                "must hold at most one pdbSpec: each covers all pods of the deployment, and what two cover cannot be evicted",
                budgets);
    }

    private static void checkHeader(SeldonDeployment deployment, Problems at) {
        String regex = SeldonSetting.AMBASSADOR_REGEX_HEADER.key();
        at.require(
                !deployment.settings().containsKey(regex)
                        || deployment.settings().containsKey(SeldonSetting.AMBASSADOR_HEADER.key()),
                "settings[" + regex + "]",
                "must stand beside " + SeldonSetting.AMBASSADOR_HEADER
                        + ": with Ambassador 2 the operator reads that one instead, and crashes without it",
                deployment.settings().get(regex));
    }

    /** What would get the same name would be one object, written over and over. */
    private static void checkObjects(SeldonDeployment deployment, Problems at) {
        long names = deployment.predictors().stream()
                .map(PredictorSpec::name)
                .distinct()
                .count();
        if (names < deployment.predictors().size()) {
            return; // said already
        }
        Map<String, PlannedObject> made = new HashMap<>();
        for (PlannedObject object : Planner.objects(deployment, OperatorSettings.defaults())) {
            PlannedObject other = made.putIfAbsent(object.kind() + " " + object.name(), object);
            if (other != null) {
                at.add(
                        "predictors",
                        "must not make two objects of one name; rename a predictor, a node or a Service",
                        object.kind() + " " + object.name() + " for " + other.purpose() + " and for "
                                + object.purpose());
            }
        }
    }
}
