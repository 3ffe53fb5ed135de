package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fairlead.CallListener;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client reaches a server: who it says it is, what it repeats, what it refuses to send, and what a refusal becomes. */
abstract class ConnectionContract extends MlflowContract {
    private static final int ATTEMPTS = 3;

    @Test
    @Proves("mlflow.credentials")
    void call_refusedToken_isRefreshedOnceAndCreatesOnce() {
        AtomicInteger asked = new AtomicInteger();
        List<String> refused = new ArrayList<>();
        MlflowClient client = place.client()
                .endpoint(e -> e.credentials(new CredentialsProvider() {
                    @Override
                    public Optional<Credential> resolve(URI target) {
                        return Optional.of(Credential.bearer("token-" + (asked.get())));
                    }

                    @Override
                    public void refused(Credential credential) {
                        refused.add(credential.toString());
                        asked.incrementAndGet();
                    }
                }))
                .build();
        place.faults().failNext("runs/create", 401, 1);

        client.runs().start(experiment);

        assertThat(refused).containsExactly("Bearer ***");
        assertThat(place.requests("runs/create"))
                .extracting(r -> r.header("authorization").orElse(""))
                .containsExactly("Bearer token-0", "Bearer token-1");
        assertThat(allRuns()).hasSize(1);
    }

    @Test
    @Proves("mlflow.credentials")
    void call_tokenFileRotated_carriesTheNewOne(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MlflowClient client = place.client()
                .endpoint(e -> e.credentials(CredentialsProvider.tokenFile(file)))
                .build();
        client.experiments().get(experiment.id());
        Files.writeString(file, "other\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        client.experiments().get(experiment.id());

        assertThat(place.requests("experiments/get"))
                .extracting(r -> r.header("authorization").orElse(""))
                .containsExactly("Bearer first", "Bearer other");
    }

    @Test
    @Proves("mlflow.headers")
    void call_headersOfTheEndpointAndTheView_goWithIt() {
        MlflowClient client = place.client()
                .endpoint(e -> e.putHeader("X-Team", "flights"))
                .build()
                .withOptions(o -> o.header("X-Trace", "7"));

        client.experiments().get(experiment.id());

        assertThat(place.requests("experiments/get")).singleElement().satisfies(request -> {
            assertThat(request.header("x-team")).contains("flights");
            assertThat(request.header("x-trace")).contains("7");
            assertThat(request.header("user-agent").orElse("")).startsWith("fairlead/");
        });
    }

    @Test
    @Proves("mlflow.listener")
    void call_withAListener_isToldOfEachAttemptByOperation() {
        ConcurrentLinkedQueue<CallListener.Attempt> told = new ConcurrentLinkedQueue<>();
        MlflowClient client = place.client()
                .platform(p -> p.retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2)))
                        .addCallListener(new CallListener() {
                            @Override
                            public void onAttempt(Attempt attempt) {
                                told.add(attempt);
                            }
                        }))
                .build();
        place.faults().failNext("experiments/get", 503, 1);

        client.experiments().get(experiment.id());

        assertThat(told)
                .extracting(
                        CallListener.Attempt::system,
                        CallListener.Attempt::operation,
                        a -> a.number() + ":" + a.status())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("mlflow", "experiments/get", "1:503"),
                        org.assertj.core.groups.Tuple.tuple("mlflow", "experiments/get", "2:200"));
        assertThat(told.peek().uri().getQuery())
                .as("no query, which may hold secrets")
                .isNull();
    }

    @Test
    @Proves("mlflow.retry-by-call")
    void call_eachStatus_isRepeatedOrNotByWhatItDoes() {
        ActiveRun run = start();
        Map<String, Consumer<MlflowClient>> repeatable = new LinkedHashMap<>();
        repeatable.put("runs/get", c -> c.runs().get(run.id()));
        repeatable.put(
                "runs/search",
                c -> c.runs().search(q -> q.addExperiment(experiment)).stream().toList());
        repeatable.put("runs/log-batch", c -> c.runs().setTags(run.id(), Map.of("a", "b")));
        repeatable.put("runs/create", c -> c.runs().start(experiment));
        for (int status : List.of(400, 401, 403, 404, 408, 409, 429, 500, 501, 502, 503, 504)) {
            boolean passing = List.of(408, 429, 500, 502, 503, 504).contains(status);
            repeatable.forEach((operation, call) -> assertThat(attempts(operation, status, call))
                    .as(operation + " " + status)
                    .isEqualTo(passing ? ATTEMPTS : 1));
            // it is not known here what it does: only what certainly did not happen is repeated
            assertThat(attempts(
                            "runs/set-tag",
                            status,
                            c -> c.raw().post("runs/set-tag", Map.of("run_id", run.id(), "key", "k", "value", "v"))))
                    .as("raw " + status)
                    .isEqualTo(status == 429 ? ATTEMPTS : 1);
        }
        assertThat(allRuns()).as("none of the failed creations made a run").hasSize(1);
    }

    private int attempts(String operation, int status, Consumer<MlflowClient> call) {
        // a client of its own, whose circuit breaker has seen nothing yet
        MlflowClient client = client(ATTEMPTS);
        place.forgetRequests();
        place.faults().failNext(operation, status, ATTEMPTS);
        Throwable thrown = catchThrowable(() -> call.accept(client));
        place.faults().clear();
        assertThat(thrown).as(operation + " " + status).isInstanceOf(ServiceException.class);
        return place.requests(operation).size();
    }

    @Test
    @Proves("mlflow.rate-limit")
    void call_fiftyTimesTooManyWithRetryAfter_endsWellForTwoThreads() throws Exception {
        place.faults().failNext("experiments/get", 429, 50, Map.of("Retry-After", "0"), "slow down");
        MlflowClient client = client(60);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Callable<String> read =
                    () -> client.experiments().get(experiment.id()).name();
            for (Future<String> name : pool.invokeAll(List.of(read, read))) {
                assertThat(name.get()).isEqualTo(experiment.name());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(place.requests("experiments/get")).hasSize(52);
    }

    @Test
    @Proves("mlflow.stale-connection")
    void create_onConnectionsCutWhileIdle_makesEachRunOnce() {
        URI server = place.client().build().trackingUri();
        List<String> ids = new ArrayList<>();
        int cut = 0;
        try (CuttingRelay relay = new CuttingRelay(server)) {
            MlflowClient client = MlflowClient.builder()
                    .trackingUri(relay.uri())
                    .platform(p -> p.retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2))))
                    .build();
            for (int i = 0; i < 40; i++) {
                ids.add(client.runs().start(experiment).id());
                cut += relay.cut();
            }
        }
        assertThat(cut).isGreaterThanOrEqualTo(40);
        assertThat(allRuns()).extracting(Run::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    @Proves("mlflow.errors")
    void refusal_ofEachKind_isItsException() {
        ActiveRun run = start();
        run.logParam("p", 1);
        ActiveRun gone = start();
        runs.delete(gone.id());
        mlflow.models().ensure(unique("model"));
        Map<Runnable, Class<? extends MlPlatformException>> table = new LinkedHashMap<>();
        table.put(() -> mlflow.experiments().get("999999999"), NotFoundException.class);
        table.put(
                () -> runs
                        .search(q -> q.addExperiment(experiment)
                                .filter(Filter.attribute("bogus").eq("x")))
                        .stream()
                        .toList(),
                InvalidRequestException.class);
        table.put(() -> mlflow.experiments().create(experiment.name(), e -> {}), ConflictException.class);
        table.put(() -> runs.get("nosuchrun"), NotFoundException.class);
        table.put(() -> run.logParam("p", 2), ConflictException.class);
        table.put(() -> gone.logMetric("m", 1), ConflictException.class);
        table.put(() -> mlflow.models().get("no such model"), NotFoundException.class);
        table.put(
                () -> mlflow.raw().get("registered-models/alias", Map.of("name", "no such model", "alias", "a")),
                NotFoundException.class);
        table.put(() -> mlflow.raw().post("experiments/search", Map.of()), InvalidRequestException.class);
        table.put(
                () -> mlflow.raw()
                        .post("runs/search", Map.of("experiment_ids", List.of(experiment.id()), "filter", "bogus")),
                InvalidRequestException.class);
        table.put(() -> mlflow.raw().get("/api/2.0/mlflow/no-such-route"), UnsupportedByServerException.class);
        table.put(() -> run.artifacts().bytes("no/such.txt"), NotFoundException.class);
        table.forEach((call, type) -> assertThatThrownBy(call::run)
                .isExactlyInstanceOf(type)
                .hasMessageStartingWith("mlflow ")
                .hasMessageNotContaining("[SQL")
                .hasMessageNotContaining("<html"));
        assertThat(table).hasSize(12);
    }

    @Test
    @Proves("mlflow.errors")
    void refusal_byStatusAlone_isItsException() {
        Map<Integer, Class<? extends ServiceException>> table = Map.of(
                401, UnauthenticatedException.class,
                403, PermissionException.class,
                429, RateLimitedException.class,
                502, UnavailableException.class,
                504, UnavailableException.class);
        table.forEach((status, type) -> {
            place.faults()
                    .failNext("runs/get", status, 1, Map.of("Content-Type", "text/html"), "<html><h1>No</h1></html>");
            assertThatThrownBy(() -> client(1).runs().get("r"))
                    .as(status + "")
                    .isExactlyInstanceOf(type)
                    .hasMessageContaining(" No ")
                    .hasMessageNotContaining("<");
        });
    }

    @Test
    @Proves("mlflow.deadline")
    void call_serverThatAnswersNothing_endsWithinItsTime() throws Exception {
        try (java.net.ServerSocket silent =
                new java.net.ServerSocket(0, 50, java.net.InetAddress.getLoopbackAddress())) {
            MlflowClient client = MlflowClient.builder()
                    .trackingUri("http://127.0.0.1:" + silent.getLocalPort())
                    .build()
                    .withOptions(o -> o.timeout(Duration.ofMillis(400)));
            List<Runnable> calls = List.of(
                    () -> client.runs().get("r"),
                    () -> client.runs().setTags("r", Map.of("a", "b")),
                    () -> client.runs().start(experiment),
                    client::server,
                    () -> client.users().create("ann", "a long password"));
            for (Runnable call : calls) {
                long start = System.nanoTime();
                assertThatThrownBy(call::run)
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("no answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    @Proves("mlflow.raw")
    void raw_eachMethod_speaksJsonBothWays() {
        String name = unique("raw");
        assertThat(mlflow.raw().get("experiments/get", Map.of("experiment_id", experiment.id())))
                .extractingByKey("experiment", org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("name", experiment.name());
        assertThat(mlflow.raw().post("registered-models/create", Map.of("name", name)))
                .containsKey("registered_model");
        mlflow.raw().patch("registered-models/update", Map.of("name", name, "description", "by hand"));
        assertThat(mlflow.models().get(name).description()).isEqualTo("by hand");
        assertThat(mlflow.raw().text("POST", "runs/search", "{\"experiment_ids\":[\"" + experiment.id() + "\"]}"))
                .startsWith("{");
        assertThat(mlflow.raw().delete("registered-models/delete", Map.of("name", name)))
                .isEmpty();
        assertThat(mlflow.models().find(name)).isEmpty();
    }

    @Test
    @Proves("mlflow.raw")
    void raw_lostReply_isRepeatedOnlyWhereDeclared() {
        Map<String, String> tag = Map.of("run_id", start().id(), "key", "k", "value", "v");
        place.faults().dropNextReply("runs/set-tag", 1);
        assertThatThrownBy(() -> mlflow.raw().post("runs/set-tag", tag)).isInstanceOf(TransportException.class);
        assertThat(place.requests("runs/set-tag")).hasSize(1);

        place.faults().dropNextReply("runs/set-tag", 1);
        mlflow.raw().repeatable().post("runs/set-tag", tag);
        assertThat(place.requests("runs/set-tag")).hasSize(3);
    }

    @Test
    @Proves("mlflow.raw")
    void raw_pathThatIsNone_isRefusedBeforeSending() {
        for (String path : List.of("", "http://elsewhere/x", "a b", "../../x", "/api/../x", "x#y", "@elsewhere/../x")) {
            refusedWith(() -> mlflow.raw().get(path), InvalidValueException.class, "path", "without scheme and host");
        }
        refusedWith(() -> mlflow.raw().send("TRACE", "x", Map.of()), InvalidValueException.class, "method", "TRACE");
    }

    @Test
    @Proves("mlflow.capabilities")
    void workspace_serverWithout_isToldBeforeAnythingIsSent() {
        MlflowClient scoped = mlflow.workspace("team-a");

        refusedWith(
                () -> scoped.experiments().list().stream().toList(),
                UnsupportedByServerException.class,
                "mlflow workspaces",
                "at " + scoped.trackingUri());
        refusedWith(() -> scoped.runs().start(experiment), UnsupportedByServerException.class, "workspaces");
        refusedWith(() -> scoped.artifacts("r").text("a"), UnsupportedByServerException.class, "workspaces");
        refusedWith(() -> mlflow.workspaces().list(), UnsupportedByServerException.class, "workspaces");

        assertThat(place.requests("experiments/search")).isEmpty();
        assertThat(place.requests("runs/create")).isEmpty();
        assertThat(place.requests("*"))
                .allSatisfy(r -> assertThat(r.headers()).doesNotContainKey("x-mlflow-workspace"));
        assertThat(scoped.server().workspacesEnabled()).isFalse();
    }

    @Test
    void users_serverWithout_saysHowItIsStarted() {
        refusedWith(() -> mlflow.users().get("ann"), UnsupportedByServerException.class, "--app-name basic-auth");
    }
}
