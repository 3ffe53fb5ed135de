package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.internal.kube.Api.How;
import dev.fairlead.testing.internal.kube.Api.Target;
import dev.fairlead.testing.kube.KubeRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The fake's API server: authenticates, plays faults, routes, answers, and keeps a journal. */
public final class FakeApiServer implements AutoCloseable {
    private final ObjectStore store;
    private final Api api;
    private final Router router;
    private final MiniHttp http;
    private final Faults faults = new Faults();
    private final Accounts accounts;
    private final PodLogs logs = new PodLogs();
    private final List<KubeRequest> journal = new CopyOnWriteArrayList<>();
    private volatile String token;
    private final AtomicReference<@Nullable Forwards> forwards = new AtomicReference<>();

    /** Says where a forwarded port leads. */
    @FunctionalInterface
    public interface Forwards {
        /** Returns the address behind a pod's port, if there is one. */
        Optional<InetSocketAddress> address(String namespace, String pod, int port);
    }

    /** Starts on a port, 0 for any free one. */
    public FakeApiServer(int port, String token, Clock clock) {
        this.store = new ObjectStore(clock);
        this.api = new Api(store);
        this.accounts = new Accounts(store, clock);
        this.router = new Router(store);
        this.token = token;
        this.http = new MiniHttp(port, this::handle);
    }

    private boolean handle(MiniHttp.Request request, Answer answer) throws IOException, InterruptedException {
        Router.Route route;
        try {
            route = router.route(request);
        } catch (Refusal refusal) {
            answer.json(refusal.code(), refusal.status(), Map.of());
            return true;
        }
        Faults.Fault fault = faults.take(route.operation(), request.path());
        if (fault != null && fault.delay() != null) {
            Thread.sleep(fault.delay().toMillis());
        }
        if (fault != null && fault.status() > 0) {
            Refusal scripted = Refusal.of(fault.status(), reason(fault.status()), "scripted by the test");
            note(route, request, fault.status());
            answer.json(fault.status(), scripted.status(), fault.headers());
            return true;
        }
        if (fault != null && fault.drop()) {
            note(route, request, 0);
            lose(route, request);
            answer.cut();
            return false;
        }
        return answer(route, request, answer);
    }

    private static String reason(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "";
        };
    }

    /** Does the work whose answer will be lost. */
    private void lose(Router.Route route, MiniHttp.Request request) {
        try {
            if (route.target() != null && !request.method().equals("GET")) {
                write(route, route.target(), request);
            }
        } catch (Refusal refusal) {
            // its answer is lost as well
        }
    }

    private boolean answer(Router.Route route, MiniHttp.Request request, Answer answer)
            throws IOException, InterruptedException {
        try {
            authenticate(request);
            return dispatch(route, request, answer);
        } catch (Refusal refusal) {
            note(route, request, refusal.code());
            answer.json(refusal.code(), refusal.status(), Map.of());
            return true;
        }
    }

    private void authenticate(MiniHttp.Request request) {
        String wanted = token;
        String bearer = bearer(request);
        if (!wanted.isEmpty() && !bearer.equals(wanted) && !accounts.mayEnter(bearer)) {
            throw Refusal.of(401, "Unauthorized", "Unauthorized");
        }
    }

    private static String bearer(MiniHttp.Request request) {
        return request.header("authorization").replaceFirst("^Bearer ", "");
    }

    private boolean dispatch(Router.Route route, MiniHttp.Request request, Answer answer)
            throws IOException, InterruptedException {
        Target target = route.target();
        Optional<Map<String, Object>> told = accounts.answer(route, request, bearer(request));
        if (told.isPresent()) {
            note(route, request, 201);
            answer.json(201, told.get(), Map.of());
            return true;
        }
        if (target == null) {
            Optional<Map<String, Object>> found = router.discover(request.path());
            note(route, request, found.isPresent() ? 200 : 404);
            if (found.isPresent()) {
                answer.json(200, found.get(), Map.of());
            } else {
                answer.text(404, "404 page not found\n");
            }
            return true;
        }
        if (!request.method().equals("GET")) {
            boolean existed = !target.name().isEmpty()
                    && store.find(target.kind(), target.namespace(), target.name())
                            .isPresent();
            Map<String, Object> written = write(route, target, request);
            boolean created = request.method().equals("POST")
                    || (!existed && request.method().equals("PATCH"));
            note(route, request, created ? 201 : 200);
            answer.json(created ? 201 : 200, written, Map.of());
            return true;
        }
        return read(route, target, request, answer);
    }

    private Map<String, Object> write(Router.Route route, Target target, MiniHttp.Request request) {
        Map<String, Object> body = Router.body(request);
        How how = Router.how(request, route.query());
        return switch (request.method()) {
            case "POST" -> api.create(target, body, how);
            case "PUT" -> api.replace(target, body, how);
            case "PATCH" -> patch(target, request, body, how);
            case "DELETE" -> api.delete(target, body, how.dryRun());
            default ->
                throw Refusal.of(
                        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        };
    }

    private Map<String, Object> patch(Target target, MiniHttp.Request request, Map<String, Object> body, How how) {
        if (Router.applies(request)) {
            return api.apply(target, body, how);
        }
        if (request.header("content-type").startsWith("application/merge-patch+json")) {
            return api.mergePatch(target, body, how);
        }
        throw Refusal.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + "application/merge-patch+json, application/apply-patch+yaml");
    }

    private boolean read(Router.Route route, Target target, MiniHttp.Request request, Answer answer)
            throws IOException, InterruptedException {
        if (target.subresource().equals("log")) {
            return log(route, target, request, answer);
        }
        if (target.subresource().equals("portforward")) {
            api.get(target);
            int port = Integer.parseInt(route.query().get("ports"));
            Forwards leads = forwards.get();
            note(route, request, 101);
            PortForwarding.run(
                    request,
                    answer,
                    port,
                    leads == null
                            ? null
                            : leads.address(target.namespace(), target.name(), port)
                                    .orElse(null));
            return false;
        }
        if (route.query().flag("watch")) {
            note(route, request, 200);
            new Watch(store, target, route.query(), answer).run(http::isClosed);
            return true;
        }
        Map<String, Object> found = target.name().isEmpty() ? api.list(target, route.query()) : api.get(target);
        note(route, request, 200);
        answer.json(200, found, Map.of());
        return true;
    }

    private boolean log(Router.Route route, Target target, MiniHttp.Request request, Answer answer)
            throws IOException, InterruptedException {
        Map<String, Object> pod = api.get(new Target(target.kind(), target.namespace(), target.name(), ""));
        String container = route.query().get("container");
        if (container.isEmpty() && Tree.map(pod, "spec").get("containers") instanceof List<?> all && !all.isEmpty()) {
            container = all.get(0) instanceof Map<?, ?> first ? String.valueOf(first.get("name")) : "";
        }
        if (Tree.at(pod, "status.phase").equals("Pending")
                && !Tree.at(pod, "spec.nodeName").isEmpty()) {
            throw Refusal.bad("container \"" + container + "\" in pod \"" + target.name()
                    + "\" is waiting to start: ContainerCreating");
        }
        note(route, request, 200);
        if (route.query().flag("follow")) {
            answer.begin("text/plain");
            logs.follow(target.namespace(), target.name(), container, answer);
            answer.end();
        } else {
            answer.text(
                    200,
                    logs.tail(
                            target.namespace(),
                            target.name(),
                            container,
                            route.query().get("tailLines")));
        }
        return true;
    }

    private void note(Router.Route route, MiniHttp.Request request, int status) {
        String query = request.query() == null ? "" : request.query();
        journal.add(new KubeRequest(
                route.operation(), request.method(), request.path(), query, request.headers(), request.body(), status));
    }

    /** Returns the port. */
    public int port() {
        return http.port();
    }

    /** Returns the objects. */
    public ObjectStore store() {
        return store;
    }

    /** Returns what checks writes. */
    public Api api() {
        return api;
    }

    /** Returns the scripted faults. */
    public Faults faults() {
        return faults;
    }

    /** Returns the logs. */
    public PodLogs logs() {
        return logs;
    }

    /** Returns the requests so far. */
    public List<KubeRequest> journal() {
        return List.copyOf(journal);
    }

    /** Forgets the requests so far. */
    public void forgetJournal() {
        journal.clear();
    }

    /** Accepts another token from now on; empty accepts everybody. */
    public void token(String accepted) {
        token = accepted;
    }

    /** Says where forwarded ports lead. */
    public void forwards(Forwards leads) {
        forwards.set(leads);
    }

    /** Checks writes of a kind. */
    public void admit(Api.Admission admission) {
        api.admit(admission);
    }

    /** Returns a kind as it is served. */
    public KindInfo kind(Kind kind) {
        return store.kind(kind);
    }

    @Override
    public void close() {
        logs.close();
        http.close();
    }
}
