package dev.fairlead.internal.kube;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Repeat;
import dev.fairlead.spi.Replies;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Speaks to the Kubernetes API in JSON trees, on the line every call walks. */
final class KubeCalls implements KubeAccess {
    /** Carries the id of the call that created an object, so that it is known again when the answer is lost. */
    static final String OPERATION_ID = "fairlead.dev/operation-id";

    private static final String MANAGER = Apply.DEFAULT.fieldManager();
    private static final int PAGE = 500;
    private static final Duration UNBOUNDED = Duration.ofDays(365);
    private static final Decoder<Map<String, Object>> OBJECT =
            reply -> JsonCodec.camelCase().object(Replies.json(reply, Replies.MAX_JSON), "Kubernetes object");

    private final KubeTarget target;
    private final HttpCalls line;
    private final LineContext context;
    private final KubeSockets sockets;
    private final SharedViews views;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    KubeCalls(KubeTarget target, HttpCalls line, LineContext context, KubeSockets sockets, SharedViews views) {
        this.target = target;
        this.line = line;
        this.context = context;
        this.sockets = sockets;
        this.views = views;
    }

    @Override
    public String namespace() {
        return target.namespace();
    }

    @Override
    public URI server() {
        return target.server();
    }

    @Override
    public String version() {
        Map<String, Object> version =
                line.call(CallSpec.get("version", "/version", OBJECT).build());
        if (version.get("gitVersion") instanceof String text) {
            return text;
        }
        throw new InvalidResponseException(
                "kubernetes version: the answer of " + server() + " holds no gitVersion", null);
    }

    /** Asks the server something that leaves no object behind, such as for a token; safe to repeat. */
    Map<String, Object> ask(String operation, String path, Map<String, Object> question) {
        Body body = Body.json(JsonCodec.camelCase().write(question));
        return line.call(
                CallSpec.post(operation, path, body, OBJECT).repeatable().build());
    }

    @Override
    public Kind kind(String apiVersion, String kind) {
        return kinds.computeIfAbsent(apiVersion + "/" + kind, key -> discover(apiVersion, kind));
    }

    private Kind discover(String apiVersion, String kind) {
        String path = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        Map<String, Object> served =
                line.call(CallSpec.get("discover kinds", path, OBJECT).build());
        if (served.get("resources") instanceof List<?> resources) {
            for (Object element : resources) {
                Map<String, Object> resource = asObject(element);
                String plural = String.valueOf(resource.get("name"));
                if (kind.equals(resource.get("kind")) && !plural.contains("/")) {
                    int slash = apiVersion.indexOf('/');
                    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
                    boolean namespaced = Boolean.TRUE.equals(resource.get("namespaced"));
                    return new Kind(group, apiVersion.substring(slash + 1), plural, kind, namespaced);
                }
            }
        }
        URI uri = URI.create(server() + path);
        CallDetails details = new CallDetails(
                "kubernetes",
                "discover kinds",
                "GET",
                uri,
                404,
                "",
                "no kind " + kind + " in " + apiVersion,
                List.of(),
                1,
                null);
        throw new UnsupportedByServerException(
                details, "the API server does not serve this kind of object: install its CustomResourceDefinition");
    }

    @Override
    public Map<String, Object> get(Kind kind, String namespace, String name) {
        return line.call(CallSpec.get("get " + kind.plural(), KubePaths.object(kind, namespace, name), OBJECT)
                .build());
    }

    @Override
    public Optional<Map<String, Object>> find(Kind kind, String namespace, String name) {
        return find(kind, namespace, name, line.deadline());
    }

    private Optional<Map<String, Object>> find(Kind kind, String namespace, String name, Deadline deadline) {
        try {
            String path = KubePaths.object(kind, namespace, name);
            return Optional.of(
                    line.call(CallSpec.get("get " + kind.plural(), path, OBJECT).build(), deadline));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public PagedIterable<Map<String, Object>> list(Kind kind, String namespace, @Nullable String labelSelector) {
        return Pages.of("kubernetes list " + kind.plural(), token -> {
            Map<String, Object> page =
                    line.call(CallSpec.get("list " + kind.plural(), KubePaths.collection(kind, namespace), OBJECT)
                            .query("limit", PAGE)
                            .query("continue", token)
                            .query("labelSelector", labelSelector)
                            .build());
            List<Map<String, Object>> items = items(page);
            items.replaceAll(item -> named(kind, item));
            return new Page<>(items, text(metadata(page).get("continue")));
        });
    }

    static List<Map<String, Object>> items(Map<String, Object> list) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (list.get("items") instanceof List<?> elements) {
            elements.forEach(element -> items.add(asObject(element)));
        }
        return items;
    }

    /** The items of a list come without what their list already says. */
    static Map<String, Object> named(Kind kind, Map<String, Object> item) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("apiVersion", kind.apiVersion());
        named.put("kind", kind.kind());
        named.putAll(item);
        return named;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    static Map<String, Object> metadata(Map<String, Object> object) {
        return asObject(object.get("metadata"));
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    @Override
    public Map<String, Object> apply(Kind kind, Map<String, Object> object, Apply options) {
        try {
            return send(kind, sent(kind, object, null), options);
        } catch (FieldConflictException e) {
            boolean ours = e.conflicts().stream().allMatch(c -> c.manager().equals(options.fieldManager()));
            if (!ours) {
                throw e;
            }
            return takeBack(kind, object, options);
        }
    }

    /** Fields that we set by a patch count as another manager's of our name: they are taken over, unless the object changes meanwhile. */
    private Map<String, Object> takeBack(Kind kind, Map<String, Object> object, Apply options) {
        Sent sent = sent(kind, object, null);
        Map<String, Object> live = get(kind, sent.namespace(), sent.name());
        Map<String, Object> metadata = new LinkedHashMap<>(metadata(sent.tree()));
        metadata.putIfAbsent("resourceVersion", String.valueOf(metadata(live).get("resourceVersion")));
        sent.tree().put("metadata", metadata);
        return send(kind, sent, options.forced());
    }

    private Map<String, Object> send(Kind kind, Sent sent, Apply options) {
        Body body = Body.bytes(JsonCodec.camelCase().write(sent.tree()), "application/apply-patch+yaml");
        return line.call(CallSpec.of(
                        "apply " + kind.plural(),
                        "PATCH",
                        KubePaths.object(kind, sent.namespace(), sent.name()),
                        body,
                        OBJECT)
                .query("fieldManager", options.fieldManager())
                .query("force", options.force() ? "true" : null)
                .query("dryRun", options.dryRun() ? "All" : null)
                .repeatable()
                .build());
    }

    @Override
    public ApplyPlan plan(Kind kind, Map<String, Object> object, Apply options) {
        return ApplyPlans.of(this, kind, object, options);
    }

    @Override
    public Map<String, Object> create(Kind kind, Map<String, Object> object) {
        String id = UUID.randomUUID().toString();
        Sent sent = sent(kind, object, id);
        CallSpec<Map<String, Object>> spec = CallSpec.post(
                        "create " + kind.plural(),
                        KubePaths.collection(kind, sent.namespace()),
                        Body.json(JsonCodec.camelCase().write(sent.tree())),
                        OBJECT)
                .query("fieldManager", MANAGER)
                .repeat(Repeat.reconcile(deadline -> ours(kind, sent, id, deadline)))
                .build();
        Deadline deadline = line.deadline();
        try {
            return line.call(spec, deadline);
        } catch (ConflictException e) {
            if (e.attempts().size() > 1) { // the lost attempt may have landed after we looked for it
                return ours(kind, sent, id, deadline).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Optional<Map<String, Object>> ours(Kind kind, Sent sent, String id, Deadline deadline) {
        return find(kind, sent.namespace(), sent.name(), deadline)
                .filter(found ->
                        id.equals(asObject(metadata(found).get("annotations")).get(OPERATION_ID)));
    }

    /** An object ready to be sent. */
    private record Sent(String namespace, String name, Map<String, Object> tree) {}

    private Sent sent(Kind kind, Map<String, Object> object, @Nullable String operationId) {
        Map<String, Object> metadata = new LinkedHashMap<>(metadata(object));
        String name = text(metadata.get("name"));
        if (name == null || name.isBlank()) {
            throw new InvalidValueException(
                    kind.kind(),
                    List.of(new Problem(
                            "metadata.name",
                            "must be set: a name the server makes up cannot be found again when its answer is lost",
                            "not set")));
        }
        metadata.remove("managedFields");
        String namespace = "";
        if (kind.namespaced()) {
            namespace = String.valueOf(metadata.getOrDefault("namespace", target.namespace()));
            metadata.put("namespace", namespace);
        }
        if (operationId != null) {
            Map<String, Object> annotations = new LinkedHashMap<>(asObject(metadata.get("annotations")));
            annotations.put(OPERATION_ID, operationId);
            metadata.put("annotations", annotations);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.kind());
        object.forEach(tree::putIfAbsent);
        tree.put("metadata", metadata);
        return new Sent(namespace, name, tree);
    }

    @Override
    public Map<String, Object> mergePatch(
            Kind kind, String namespace, String name, Map<String, Object> patch, String subresource) {
        String path = KubePaths.object(kind, namespace, name) + (subresource.isEmpty() ? "" : "/" + subresource);
        Body body = Body.bytes(JsonCodec.camelCase().write(patch), "application/merge-patch+json");
        boolean bound = metadata(patch).containsKey("resourceVersion");
        return line.call(CallSpec.of("patch " + kind.plural(), "PATCH", path, body, OBJECT)
                .query("fieldManager", MANAGER)
                .repeat(bound ? Repeat.onlyIfRefused() : Repeat.safe())
                .build());
    }

    @Override
    public boolean delete(Kind kind, String namespace, String name, Delete how) {
        try {
            line.call(Deleting.spec(kind, namespace, name, how));
            return true;
        } catch (NotFoundException e) {
            return e.attempts().size() > 1; // the attempt before, whose answer was lost, deleted it
        }
    }

    @Override
    public boolean watch(
            Kind kind,
            String namespace,
            String name,
            Predicate<@Nullable Map<String, Object>> condition,
            Deadline deadline) {
        return Watching.one(line, context, kind, namespace, name, condition).run(deadline);
    }

    @Override
    public View view(Kind kind, String namespace, @Nullable String labelSelector, View.Listener listener) {
        return views.open(new SharedViews.Key(kind, namespace, labelSelector), listener);
    }

    @Override
    public String logs(String namespace, String pod, @Nullable String container, int tailLines) {
        try {
            return line.call(
                    log(namespace, pod, container).query("tailLines", tailLines).build());
        } catch (InvalidRequestException e) {
            if (e.status() == 400 && e.reason().contains("is waiting to start")) {
                return "";
            }
            throw e;
        }
    }

    @Override
    public InputStream followLogs(String namespace, String pod, @Nullable String container) {
        CallSpec<String> spec =
                log(namespace, pod, container).query("follow", true).build();
        return new ClosingStream(line.open(spec, Deadline.after(context.clock(), UNBOUNDED)));
    }

    private static CallSpec.Builder<String> log(String namespace, String pod, @Nullable String container) {
        String path = KubePaths.object(Kind.POD, namespace, pod) + "/log";
        return CallSpec.get("pod logs", path, Decoder.text())
                .header("Accept", "text/plain, application/json, */*")
                .query("container", container);
    }

    @Override
    public PortForward portForward(String namespace, String pod, int port) {
        get(Kind.POD, namespace, pod); // a missing pod is told now, not on the first connection
        return Forwarding.open(sockets, namespace, pod, port);
    }

    @Override
    public List<Map<String, Object>> events(String namespace, String kind, String name) {
        Map<String, Object> list =
                line.call(CallSpec.get("list events", KubePaths.collection(Kind.EVENT, namespace), OBJECT)
                        .query("fieldSelector", "involvedObject.kind=" + kind + ",involvedObject.name=" + name)
                        .build());
        List<Map<String, Object>> events = items(list);
        events.sort(Comparator.comparing(KubeCalls::happened));
        return List.copyOf(events);
    }

    private static String happened(Map<String, Object> event) {
        for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
            if (event.get(field) instanceof String time) {
                return time;
            }
        }
        return String.valueOf(metadata(event).get("creationTimestamp"));
    }

    @Override
    public String toString() {
        return "KubeAccess[" + server() + ", namespace " + namespace() + "]";
    }
}
