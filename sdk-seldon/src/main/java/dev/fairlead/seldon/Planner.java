package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.DeploymentPlan.Route;
import dev.fairlead.seldon.internal.crd.Trees;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Works out what the operator makes of a deployment. */
final class Planner {
    static final String ENGINE = "seldon-container-engine";
    /** The container that the operator puts beside TensorFlow's proxy; it gets no Service. */
    static final String TENSORFLOW_SERVING = "tfserving";

    private static final int FIRST_HTTP = 9000;
    private static final int FIRST_GRPC = 9500;
    private static final int EXPLAINER_PORT = 9000;
    private static final String ISTIO = "networking.istio.io/v1alpha3";
    private static final String AMBASSADOR = "getambassador.io/v2";

    private final SeldonDeployment deployment;
    private final String namespace;
    private final OperatorSettings operator;
    private final List<PlannedObject> objects = new ArrayList<>();
    private final List<PlannedObject> routing = new ArrayList<>();
    private final List<PlannedObject> mappings = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Integer> httpPorts = new HashMap<>();
    private final Map<String, Integer> grpcPorts = new HashMap<>();

    private Planner(SeldonDeployment deployment, String namespace, OperatorSettings operator) {
        this.deployment = deployment;
        this.namespace = namespace;
        this.operator = operator;
    }

    static DeploymentPlan plan(SeldonDeployment deployment, String namespace, OperatorSettings operator) {
        Planner planner = new Planner(deployment, namespace, operator);
        deployment.predictors().forEach(planner::predictor);
        planner.gateway();
        planner.addRouting();
        return new DeploymentPlan(
                String.valueOf(deployment.name()),
                namespace,
                planner.objects,
                planner.routes,
                warnings(deployment, operator));
    }

    /** Returns what this operator would accept and ignore. */
    static List<Problem> warnings(SeldonDeployment deployment, OperatorSettings operator) {
        List<Problem> warnings = new ArrayList<>(deployment.warnings());
        boolean mappings = operator.ambassador() == OperatorSettings.Ambassador.MAPPINGS;
        String custom = SeldonSetting.AMBASSADOR_CONFIG.key();
        if (mappings && deployment.settings().containsKey(custom)) {
            warnings.add(new Problem(
                    "settings[" + custom + "]", "is read for Ambassador 1 only; this operator writes Mappings", "set"));
        }
        for (int i = 0; mappings && i < deployment.predictors().size(); i++) {
            String at = "predictors[" + i + "].ssl.certSecretName";
            deployment
                    .predictors()
                    .get(i)
                    .certSecretName()
                    .ifPresent(secret -> warnings.add(new Problem(
                            at,
                            "makes the Mapping name a TLSContext that the operator never makes; make it yourself",
                            "'" + secret + "'")));
        }
        return warnings;
    }

    /** Returns the objects alone, of a deployment whose names need not be sound. */
    static List<PlannedObject> objects(SeldonDeployment deployment, OperatorSettings operator) {
        Planner planner = new Planner(deployment, "", operator);
        deployment.predictors().forEach(planner::predictor);
        return planner.objects;
    }

    /** Ports are given by container name, across all predictors: to those that stand in the object first. */
    private void givePorts(Containers containers) {
        for (boolean added : new boolean[] {false, true}) {
            containers.pods().stream()
                    .flatMap(List::stream)
                    .filter(container -> container.isAdded() == added)
                    .forEach(container -> {
                        httpPorts.putIfAbsent(container.name(), FIRST_HTTP + httpPorts.size());
                        grpcPorts.putIfAbsent(container.name(), FIRST_GRPC + grpcPorts.size());
                    });
        }
    }

    private void predictor(PredictorSpec predictor) {
        Containers containers = Containers.of(predictor);
        givePorts(containers);
        boolean engine = hasEngine(predictor);
        if (engine && isSeparate()) {
            OptionalInt own =
                    predictor.orchestrator().map(OrchestratorSpec::replicas).orElse(OptionalInt.empty());
            add(
                    "apps/v1",
                    "Deployment",
                    part(predictor, "svc-orch"),
                    predictor,
                    "orchestrator",
                    Map.of(),
                    OptionalInt.of(own.orElse(replicas(predictor))));
        }
        String service = SeldonNames.service(deployment.name(), predictor);
        for (int i = 0; i < containers.pods().size(); i++) {
            pod(predictor, containers, i, service);
        }
        if (engine) {
            Map<String, Integer> ports = ports(operator.httpPort(), operator.grpcPort());
            add(
                    "v1",
                    "Service",
                    service,
                    predictor,
                    "predictor '" + predictor.name() + "'",
                    ports,
                    OptionalInt.empty());
            route(predictor, service, ports);
            mapping(predictor, predictor.name(), "predictor");
        }
        predictor.explainer().filter(e -> e.type().isPresent()).ifPresent(e -> explainer(predictor, e));
    }

    static boolean hasEngine(PredictorSpec predictor) {
        return !"true"
                .equals(predictor
                        .annotations()
                        .getOrDefault(SeldonNames.NO_ENGINE, "")
                        .toLowerCase(Locale.ROOT));
    }

    private boolean isSeparate() {
        return isSeparate(deployment);
    }

    static boolean isSeparate(SeldonDeployment deployment) {
        return "true"
                .equals(deployment
                        .settings()
                        .getOrDefault(SeldonSetting.ENGINE_SEPARATE_POD.key(), "")
                        .toLowerCase(Locale.ROOT));
    }

    private int replicas(PredictorSpec predictor) {
        return predictor.replicas().orElse(deployment.replicas().orElse(1));
    }

    private String part(PredictorSpec predictor, String part) {
        return SeldonNames.part(deployment.name(), predictor.name(), part);
    }

    private void pod(PredictorSpec predictor, Containers containers, int index, String service) {
        List<Containers.Container> pod = containers.pods().get(index);
        if (pod.isEmpty()) {
            return;
        }
        Optional<ComponentSpec> component = index < predictor.componentSpecs().size()
                ? Optional.of(predictor.componentSpecs().get(index))
                : Optional.empty();
        String joined = pod.stream().map(Containers.Container::name).collect(Collectors.joining("-"));
        String own = component.flatMap(Planner::ownName).orElse(joined);
        String name = SeldonNames.deployment(
                deployment.name(), predictor.name(), index, own, operator.deploymentNameAsPrefix());
        boolean scaled = component.filter(ComponentSpec::isScaled).isPresent();
        OptionalInt replicas = scaled
                ? OptionalInt.empty()
                : OptionalInt.of(component
                        .map(ComponentSpec::replicas)
                        .orElse(OptionalInt.empty())
                        .orElse(replicas(predictor)));
        add("apps/v1", "Deployment", name, predictor, "pod of " + joined, Map.of(), replicas);
        component.ifPresent(c -> scalers(predictor, c, name));
        pod.forEach(container -> service(predictor, containers, container, service));
    }

    private static Optional<String> ownName(ComponentSpec component) {
        Map<String, Object> pod = component.pod().map(PodTemplate::toTree).orElse(Map.of());
        Map<String, Object> tree = pod.containsKey("metadata") ? pod : component.additionalFields();
        return Optional.of(Trees.text(Trees.at(tree, "metadata"), "name")).filter(name -> !name.isEmpty());
    }

    private void scalers(PredictorSpec predictor, ComponentSpec component, String name) {
        if (component.keda().isPresent()) {
            if (operator.keda()) {
                add("keda.sh/v1alpha1", "ScaledObject", name, predictor, "KEDA's autoscaler");
            }
        } else if (component.hpa().isPresent()) {
            add("autoscaling/v2", "HorizontalPodAutoscaler", name, predictor, "autoscaler");
        }
        if (component.pdb().isPresent()) {
            add("policy/v1", "PodDisruptionBudget", name, predictor, "bounds evictions of all pods of the deployment");
        }
    }

    private void service(
            PredictorSpec predictor, Containers containers, Containers.Container container, String predictorService) {
        boolean apart = container.name().equals(ENGINE) || container.name().equals(TENSORFLOW_SERVING);
        if (apart || containers.node(container.name()) == null) {
            return;
        }
        int http = container.port("http").orElse(httpPorts.getOrDefault(container.name(), FIRST_HTTP));
        int grpc = container.port("grpc").orElse(grpcPorts.getOrDefault(container.name(), FIRST_GRPC));
        Map<String, Integer> ports = ports(http, grpc);
        add(
                "v1",
                "Service",
                part(predictor, container.name()),
                predictor,
                "container '" + container.name() + "'",
                ports,
                OptionalInt.empty());
        if (!hasEngine(predictor)) {
            add(
                    "v1",
                    "Service",
                    predictorService,
                    predictor,
                    "predictor '" + predictor.name() + "', without orchestrator",
                    ports,
                    OptionalInt.empty());
            route(predictor, predictorService, ports);
            mapping(predictor, predictor.name(), "predictor");
        }
    }

    private void explainer(PredictorSpec predictor, Explainer explainer) {
        String name = part(predictor, "explainer");
        int port = explainer
                .endpoint()
                .map(NodeEndpoint::servicePort)
                .orElse(OptionalInt.empty())
                .orElse(0);
        Map<String, Integer> ports = Map.of("http", port == 0 ? EXPLAINER_PORT : port);
        int replicas = replicas(predictor) == 0 ? 0 : explainer.replicas().orElse(1);
        add("apps/v1", "Deployment", name, predictor, "explainer", Map.of(), OptionalInt.of(replicas));
        add("v1", "Service", name, predictor, "explainer", ports, OptionalInt.empty());
        addRoute(predictor.name(), "explainer", "http://" + host(name) + ":" + ports.get("http"));
        mapping(predictor, predictor.name() + "-explainer", "explainer");
        if (operator.istio()) {
            addRouting("VirtualService", SeldonNames.cut(name + "-http"), predictor.name(), "route to the explainer");
            addRouting("DestinationRule", name, predictor.name(), "explainer's pods");
        }
    }

    private void addRouting(String kind, String name, String predictor, String purpose) {
        routing.add(new PlannedObject(ISTIO, kind, name, predictor, purpose, Map.of(), OptionalInt.empty()));
    }

    /** Ambassador's routes to a Service; the older form stands in the Service itself and makes no object. */
    private void mapping(PredictorSpec predictor, String name, String purpose) {
        if (operator.ambassador() == OperatorSettings.Ambassador.MAPPINGS) {
            for (String way : List.of("rest", "grpc")) {
                mappings.add(new PlannedObject(
                        AMBASSADOR,
                        "Mapping",
                        "seldon-" + namespace + "-" + deployment.name() + "-" + name + "-" + way,
                        predictor.name(),
                        "route to the " + purpose + " for " + way,
                        Map.of(),
                        OptionalInt.empty()));
            }
        }
    }

    /** The operator writes no route before pods of every Deployment are ready, and so never where one is to have none. */
    private void addRouting() {
        boolean idle = objects.stream().anyMatch(o -> o.replicas().equals(OptionalInt.of(0)));
        if (!idle) {
            objects.addAll(routing);
            objects.addAll(mappings);
        }
        if (!idle && !routing.isEmpty()) {
            addGatewayRoutes(deployment.name());
        }
        boolean annotated = operator.ambassador() == OperatorSettings.Ambassador.ANNOTATIONS
                && !deployment.settings().containsKey(SeldonSetting.AMBASSADOR_CONFIG.key());
        if (annotated || (!idle && !mappings.isEmpty())) {
            addGatewayRoutes(
                    deployment.settings().getOrDefault(SeldonSetting.AMBASSADOR_SERVICE_NAME.key(), deployment.name()));
        }
    }

    private void gateway() {
        if (deployment.predictors().isEmpty() || !operator.istio()) {
            return;
        }
        addRouting("VirtualService", SeldonNames.deploymentId(deployment.name()), "", "splits the traffic");
        for (PredictorSpec predictor : deployment.predictors()) {
            String service = SeldonNames.service(deployment.name(), predictor);
            addRouting("DestinationRule", service, predictor.name(), "predictor's pods");
        }
    }

    private void addGatewayRoutes(String name) {
        String start = "/seldon/" + namespace + "/" + name;
        addRoute("", "gateway", start + "/");
        deployment.predictors().stream()
                .filter(p -> p.explainer().filter(e -> e.type().isPresent()).isPresent())
                .forEach(p -> addRoute(p.name(), "gateway explainer", start + "-explainer/" + p.name() + "/"));
    }

    private static Map<String, Integer> ports(int http, int grpc) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("http", http);
        ports.put("grpc", grpc);
        return ports;
    }

    private void route(PredictorSpec predictor, String service, Map<String, Integer> ports) {
        ServingProtocol protocol = deployment.protocol().orElse(ServingProtocol.SELDON);
        String model = predictor.graph() == null ? "" : predictor.graph().name();
        String path = protocol.equals(ServingProtocol.TENSORFLOW)
                ? "/v1/models/" + model + ":predict"
                : protocol.equals(ServingProtocol.SELDON) ? "/api/v1.0/predictions" : "/v2/models/" + model + "/infer";
        addRoute(predictor.name(), "rest", "http://" + host(service) + ":" + ports.get("http") + path);
        addRoute(predictor.name(), "grpc", "grpc://" + host(service) + ":" + ports.get("grpc"));
    }

    /** A name that is none, in a deployment that was read and not built, has no address. */
    private void addRoute(String predictor, String kind, String address) {
        try {
            Route route = new Route(predictor, kind, new URI(address));
            if (!routes.contains(route)) {
                routes.add(route);
            }
        } catch (URISyntaxException unsound) {
            // the problems of the deployment name it
        }
    }

    private String host(String service) {
        return service + "." + namespace + ".svc.cluster.local";
    }

    private void add(String apiVersion, String kind, String name, PredictorSpec predictor, String purpose) {
        add(apiVersion, kind, name, predictor, purpose, Map.of(), OptionalInt.empty());
    }

    private void add(
            String apiVersion,
            String kind,
            String name,
            PredictorSpec predictor,
            String purpose,
            Map<String, Integer> ports,
            OptionalInt replicas) {
        objects.add(new PlannedObject(apiVersion, kind, name, predictor.name(), purpose, ports, replicas));
    }
}
