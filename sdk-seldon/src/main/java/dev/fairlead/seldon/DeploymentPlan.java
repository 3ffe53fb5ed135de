package dev.fairlead.seldon;

import dev.fairlead.error.InvalidValueException.Problem;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Is everything that will become of a deployment, before it is sent: the objects the operator makes, and where the models are called.
 *
 * @param name the deployment's name
 * @param namespace its namespace
 * @param objects the objects, in the order the operator makes them
 * @param routes where its models are called
 * @param warnings what would be accepted and ignored
 */
public record DeploymentPlan(
        String name, String namespace, List<PlannedObject> objects, List<Route> routes, List<Problem> warnings) {
    /** Keeps copies. */
    public DeploymentPlan {
        objects = List.copyOf(objects);
        routes = List.copyOf(routes);
        warnings = List.copyOf(warnings);
    }

    /**
     * Is one way to a model.
     *
     * @param predictor the predictor; empty for the gateway's way, which splits the traffic
     * @param kind {@code rest}, {@code grpc}, {@code explainer}, {@code gateway} or {@code gateway explainer}
     * @param address the address inside the cluster; at the gateway, its path alone
     */
    public record Route(String predictor, String kind, URI address) {}

    /** Returns the objects of a kind. */
    public List<PlannedObject> objects(String kind) {
        return objects.stream().filter(o -> o.kind().equals(kind)).toList();
    }

    /** Prints it, a line for each object and route. */
    @Override
    public String toString() {
        return Stream.of(
                        Stream.of("SeldonDeployment " + namespace + "/" + name),
                        objects.stream().map(o -> "  " + o),
                        routes.stream()
                                .map(r -> "  " + r.kind() + (r.predictor().isEmpty() ? "" : " of " + r.predictor())
                                        + " at " + r.address()),
                        warnings.stream().map(w -> "  warning: " + w))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
