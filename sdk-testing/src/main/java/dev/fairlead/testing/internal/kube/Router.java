package dev.fairlead.testing.internal.kube;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.Yaml;
import dev.fairlead.testing.internal.kube.Api.How;
import dev.fairlead.testing.internal.kube.Api.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Understands a request: what it is about, and what is done. */
final class Router {
    private final ObjectStore store;

    Router(ObjectStore store) {
        this.store = store;
    }

    /**
     * A request understood.
     *
     * @param operation what is done, in the words of our client's operations
     * @param target what it is about; {@code null} for discovery
     * @param query its query
     */
    record Route(
            String operation,
            @org.jspecify.annotations.Nullable Target target,
            Query query) {}

    Route route(MiniHttp.Request request) {
        Query query = new Query(request.query());
        List<String> parts = Arrays.stream(request.path().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
        Optional<Target> target = target(parts);
        if (target.isEmpty()) {
            return new Route(parts.isEmpty() ? "root" : parts.get(parts.size() - 1), null, query);
        }
        return new Route(operation(request, target.get(), query), target.get(), query);
    }

    private Optional<Target> target(List<String> parts) {
        boolean core = !parts.isEmpty() && parts.get(0).equals("api") && parts.size() >= 3;
        boolean group = !parts.isEmpty() && parts.get(0).equals("apis") && parts.size() >= 4;
        if (!core && !group) {
            return Optional.empty();
        }
        String version = core ? parts.get(1) : parts.get(1) + "/" + parts.get(2);
        List<String> rest = new ArrayList<>(parts.subList(core ? 2 : 3, parts.size()));
        String namespace = "";
        if (rest.get(0).equals("namespaces")
                && rest.size() >= 3
                && !List.of("status", "finalize").contains(rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        Optional<KindInfo> kind = store.kind(version + "/" + rest.get(0));
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return Optional.of(new Target(kind.get(), namespace, name, subresource));
    }

    private static String operation(MiniHttp.Request request, Target target, Query query) {
        String plural = target.kind().kind().plural();
        if (target.subresource().equals("log")) {
            return "pod logs";
        }
        if (target.subresource().equals("portforward")) {
            return "port-forward";
        }
        return switch (request.method()) {
            case "GET" -> (query.flag("watch") ? "watch " : target.name().isEmpty() ? "list " : "get ") + plural;
            case "POST" -> "create " + plural;
            case "PUT" -> "update " + plural;
            case "PATCH" -> (applies(request) ? "apply " : "patch ") + plural;
            default -> "delete " + plural;
        };
    }

    static boolean applies(MiniHttp.Request request) {
        return request.header("content-type").startsWith("application/apply-patch");
    }

    static How how(MiniHttp.Request request, Query query) {
        String manager = query.get("fieldManager");
        if (manager.isEmpty()) {
            if (applies(request)) {
                throw Refusal.bad(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
            }
            manager = request.header("user-agent").replaceFirst("/.*", "");
        }
        return new How(
                manager.isEmpty() ? "unknown" : manager,
                query.flag("force"),
                query.get("dryRun").equals("All"));
    }

    /** Reads a body, which may be YAML. */
    static Map<String, Object> body(MiniHttp.Request request) {
        String text = request.body();
        if (text.isBlank()) {
            return Map.of();
        }
        try {
            if (!text.stripLeading().startsWith("{") && Yaml.read(text, "body") instanceof Map<?, ?> map) {
                return Tree.copy(map);
            }
            return JsonCodec.camelCase().object(text.getBytes(StandardCharsets.UTF_8), "body");
        } catch (InvalidResponseException | ConfigurationException e) {
            throw Refusal.bad(
                    "the object provided is unrecognized (must be of type " + "JSON or YAML): " + e.getMessage());
        }
    }

    /** Answers what is not about objects: versions, groups, kinds. */
    Optional<Map<String, Object>> discover(String path) {
        if (path.equals("/version")) {
            return Optional.of(Tree.of(
                    "major",
                    "1",
                    "minor",
                    "36",
                    "gitVersion",
                    "v1.36.3",
                    "platform",
                    "fairlead/fake",
                    "goVersion",
                    "none"));
        }
        if (path.equals("/api")) {
            return Optional.of(Tree.of("kind", "APIVersions", "versions", List.of("v1")));
        }
        List<String> versions = store.kinds().stream()
                .map(info -> info.kind().apiVersion())
                .distinct()
                .toList();
        if (path.equals("/apis")) {
            List<Object> groups = new ArrayList<>();
            versions.stream().filter(v -> v.contains("/")).forEach(v -> {
                Map<String, Object> version = Tree.of("groupVersion", v, "version", v.substring(v.indexOf('/') + 1));
                groups.add(Tree.of(
                        "name",
                        v.substring(0, v.indexOf('/')),
                        "versions",
                        List.of(version),
                        "preferredVersion",
                        version));
            });
            return Optional.of(Tree.of("kind", "APIGroupList", "apiVersion", "v1", "groups", groups));
        }
        String version = path.replaceFirst("^/apis?/", "").replaceFirst("/$", "");
        return versions.contains(version) ? Optional.of(resources(version)) : Optional.empty();
    }

    private Map<String, Object> resources(String version) {
        List<Object> resources = new ArrayList<>();
        for (KindInfo info : store.kinds()) {
            Kind kind = info.kind();
            if (kind.apiVersion().equals(version)) {
                resources.add(Tree.of(
                        "name", kind.plural(),
                        "singularName", kind.kind().toLowerCase(java.util.Locale.ROOT),
                        "namespaced", kind.namespaced(),
                        "kind", kind.kind(),
                        "verbs", List.of("create", "delete", "get", "list", "patch", "update", "watch")));
            }
        }
        return Tree.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", version, "resources", resources);
    }
}
