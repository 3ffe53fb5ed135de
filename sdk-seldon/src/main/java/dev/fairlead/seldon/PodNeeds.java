package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.Resources;
import dev.fairlead.seldon.internal.crd.Trees;
import dev.fairlead.seldon.internal.kube.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the pods of a deployment ask for, container by container, as quotas count it. */
final class PodNeeds {
    /** What the orchestrator's container asks for where nothing else is said. */
    private static final Map<String, Object> ORCHESTRATOR = Map.of("cpu", "500m", "memory", "512Mi");

    private final SeldonDeployment deployment;
    private final Amounts amounts = new Amounts();
    private final List<Container> containers = new ArrayList<>();

    private PodNeeds(SeldonDeployment deployment) {
        this.deployment = deployment;
    }

    private record Container(String name, Map<String, Object> resources) {}

    static PodNeeds of(SeldonDeployment deployment) {
        PodNeeds needs = new PodNeeds(deployment);
        deployment.predictors().forEach(needs::predictor);
        return needs;
    }

    /** Returns the sums, and the number of {@code pods}. */
    Amounts amounts() {
        return amounts;
    }

    /** Returns the containers that say nothing of a resource, such as {@code limits.cpu}; a limit alone says the request too. */
    List<String> silentOn(String resource) {
        String name = resource.substring(resource.indexOf('.') + 1);
        boolean limit = resource.startsWith("limits.");
        return containers.stream()
                .filter(c -> !Trees.at(c.resources(), "limits").containsKey(name))
                .filter(c -> limit || !Trees.at(c.resources(), "requests").containsKey(name))
                .map(Container::name)
                .distinct()
                .toList();
    }

    private void predictor(PredictorSpec predictor) {
        Containers pods = Containers.of(predictor);
        int replicas = predictor.replicas().orElse(deployment.replicas().orElse(1));
        boolean engine = Planner.hasEngine(predictor);
        boolean apart = engine && Planner.isSeparate(deployment);
        for (int i = 0; i < pods.pods().size(); i++) {
            if (!pods.pods().get(i).isEmpty()) {
                pod(predictor, pods.pods().get(i), i, engine && !apart && i == 0, replicas);
            }
        }
        if (apart) {
            int own = predictor
                    .orchestrator()
                    .map(OrchestratorSpec::replicas)
                    .orElse(OptionalInt.empty())
                    .orElse(replicas);
            count(own, List.of(orchestrator(predictor)));
        }
        predictor.explainer().filter(e -> e.type().isPresent()).ifPresent(e -> explainer(e, replicas));
    }

    private void pod(PredictorSpec predictor, List<Containers.Container> pod, int index, boolean engine, int replicas) {
        OptionalInt own = index < predictor.componentSpecs().size()
                ? predictor.componentSpecs().get(index).replicas()
                : OptionalInt.empty();
        List<Container> all = new ArrayList<>();
        pod.forEach(c -> all.add(new Container(c.name(), Trees.at(c.tree(), "resources"))));
        if (engine) {
            all.add(orchestrator(predictor));
        }
        count(own.orElse(replicas), all);
    }

    private static Container orchestrator(PredictorSpec predictor) {
        Optional<Resources> said = predictor.orchestrator().flatMap(OrchestratorSpec::resources);
        return new Container(
                Planner.ENGINE,
                said.map(r -> Trees.copy(r.toTree())).orElse(Map.of("requests", ORCHESTRATOR, "limits", ORCHESTRATOR)));
    }

    private void explainer(Explainer explainer, int replicas) {
        List<Map<String, Object>> said = explainer
                .container()
                .map(PodTemplate::specTree)
                .map(spec -> Trees.objects(spec, "containers"))
                .orElse(List.of());
        Map<String, Object> resources = said.isEmpty() ? Map.of() : Trees.at(said.get(0), "resources");
        count(replicas == 0 ? 0 : explainer.replicas().orElse(1), List.of(new Container("explainer", resources)));
    }

    private void count(int replicas, List<Container> pod) {
        amounts.add("pods", BigDecimal.valueOf(replicas));
        containers.addAll(pod);
        for (Container container : pod) {
            Map<String, Object> limits = Trees.at(container.resources(), "limits");
            Map<String, Object> requests = Trees.copy(limits);
            requests.putAll(Trees.at(container.resources(), "requests"));
            amounts.add(requests, "requests.", replicas);
            amounts.add(requests, "", replicas);
            amounts.add(limits, "limits.", replicas);
        }
    }
}
