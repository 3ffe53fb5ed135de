package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All the tables behind one lock. With a journal, each change is a line with what the server added to it (its time, the seed of its ids);
 * a new process does the same changes again and is where the old one was.
 */
public final class MlflowState {
    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Random seeds = new Random();
    private final ExperimentTable experiments;
    private final RunTable runs;
    private final LoggedModelTable loggedModels;
    private final ModelTable models = new ModelTable();
    private final VersionTable versions;
    private final InputTable inputs;
    private final WebhookTable webhooks;
    private final Map<String, Function<Request, Map<String, Object>>> reads = new LinkedHashMap<>();
    private final Map<String, Function<Request, Map<String, Object>>> writes = new LinkedHashMap<>();
    private final @Nullable Path journal;

    /** Creates the state, as the journal left it. */
    public MlflowState(Clock clock, @Nullable Path journal) {
        this(clock, journal, ExperimentTable.Workspace.ONLY);
    }

    /** Creates the state of a workspace, as the journal left it. */
    MlflowState(Clock clock, @Nullable Path journal, ExperimentTable.Workspace workspace) {
        this.experiments = new ExperimentTable(workspace);
        this.runs = new RunTable(experiments);
        this.loggedModels = new LoggedModelTable(experiments);
        this.versions = new VersionTable(models, runs, loggedModels);
        this.inputs = new InputTable(runs);
        this.webhooks = new WebhookTable(models, lock);
        this.clock = clock;
        this.journal = journal;
        experimentCalls();
        runCalls();
        modelCalls();
        webhooks.calls(reads, writes);
        new TraceTable(experiments).calls(reads, writes);
        new DatasetTable(experiments).calls(reads, writes);
        new ScorerTable(experiments).calls(reads, writes);
        loggedModels.calls(reads, writes);
        inputs.calls(reads, writes);
        if (journal != null && Files.exists(journal)) {
            replay(journal);
        }
    }

    private void experimentCalls() {
        writes.put("POST experiments/create", experiments::create);
        reads.put("GET experiments/get", experiments::get);
        reads.put("GET experiments/get-by-name", experiments::getByName);
        reads.put("POST experiments/search", experiments::search);
        reads.put("GET experiments/search", experiments::search);
        writes.put("POST experiments/update", experiments::update);
        writes.put("POST experiments/set-experiment-tag", experiments::setTag);
        writes.put("POST experiments/delete-experiment-tag", experiments::deleteTag);
        writes.put("POST experiments/delete", request -> markExperiment(request, true));
        writes.put("POST experiments/restore", request -> markExperiment(request, false));
    }

    private Map<String, Object> markExperiment(Request request, boolean deleted) {
        runs.markAll(experiments.mark(request, deleted).id, deleted);
        return Map.of();
    }

    private void runCalls() {
        writes.put("POST runs/create", runs::create);
        reads.put("GET runs/get", runs::get);
        writes.put("POST runs/update", runs::update);
        writes.put("POST runs/delete", request -> runs.mark(request, true));
        writes.put("POST runs/restore", request -> runs.mark(request, false));
        reads.put("POST runs/search", runs::search);
        writes.put("POST runs/set-tag", runs::setTag);
        writes.put("POST runs/delete-tag", runs::deleteTag);
        writes.put("POST runs/log-metric", runs::logMetric);
        writes.put("POST runs/log-parameter", runs::logParameter);
        writes.put("POST runs/log-batch", this::logBatch);
        writes.put("POST runs/log-model", runs::logModel);
        reads.put("GET metrics/get-history", runs::history);
        reads.put("GET metrics/get-history-bulk-interval", runs::sampledHistory);
    }

    private Map<String, Object> logBatch(Request request) {
        Map<String, Object> answer = runs.logBatch(request);
        loggedModels.logMetrics(request);
        return answer;
    }

    private void modelCalls() {
        writes.put("POST registered-models/create", models::create);
        reads.put("GET registered-models/get", models::get);
        reads.put("GET registered-models/search", models::search);
        writes.put("PATCH registered-models/update", models::update);
        writes.put("POST registered-models/rename", models::rename);
        writes.put("DELETE registered-models/delete", models::delete);
        writes.put("POST registered-models/set-tag", models::setTag);
        writes.put("DELETE registered-models/delete-tag", models::deleteTag);
        reads.put("GET registered-models/get-latest-versions", versions::latest);
        reads.put("POST registered-models/get-latest-versions", versions::latest);
        writes.put("POST registered-models/alias", models::setAlias);
        writes.put("DELETE registered-models/alias", models::deleteAlias);
        reads.put("GET registered-models/alias", models::getAlias);
        writes.put("POST model-versions/create", versions::create);
        reads.put("GET model-versions/get", versions::get);
        writes.put("PATCH model-versions/update", versions::update);
        writes.put("POST model-versions/transition-stage", versions::moveToStage);
        writes.put("DELETE model-versions/delete", versions::delete);
        writes.put("POST model-versions/set-tag", versions::setTag);
        writes.put("DELETE model-versions/delete-tag", versions::deleteTag);
        reads.put("GET model-versions/search", versions::search);
        reads.put("GET model-versions/get-download-uri", versions::downloadUri);
    }

    /** Returns the calls that there are, as method and operation. */
    public List<String> calls() {
        List<String> all = new ArrayList<>(reads.keySet());
        all.addAll(writes.keySet());
        return all;
    }

    /** Does one call. */
    public Map<String, Object> call(String call, Map<String, Object> fields) {
        Runnable sending = () -> {};
        lock.lock();
        try {
            Function<Request, Map<String, Object>> read = reads.get(call);
            long now = clock.millis();
            if (read != null) {
                return read.apply(new Request(fields, now, ids(0)));
            }
            long seed = seeds.nextLong();
            Map<String, Object> answer = write(call).apply(new Request(fields, now, ids(seed)));
            if (journal != null) {
                remember(journal, call, fields, now, seed);
            }
            sending = webhooks.deliveries(call, fields, now);
            return answer;
        } finally {
            lock.unlock();
            sending.run();
        }
    }

    private Function<Request, Map<String, Object>> write(String call) {
        Function<Request, Map<String, Object>> write = writes.get(call);
        if (write == null) {
            throw new IllegalArgumentException("no such call: " + call);
        }
        return write;
    }

    private static Supplier<String> ids(long seed) {
        Random random = new Random(seed);
        return () -> String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    private static void remember(Path journal, String call, Map<String, Object> fields, long now, long seed) {
        String line = JsonCodec.camelCase()
                .text(Map.of("call", call, "fields", fields, "now", now, "seed", Long.toString(seed)));
        try {
            Files.writeString(
                    journal, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the fake MLflow cannot write its journal " + journal, e);
        }
    }

    @SuppressWarnings("unchecked")
    private void replay(Path file) {
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.endsWith("}")) {
                    continue; // the process ended while it wrote: the change was never answered
                }
                Map<String, Object> entry =
                        JsonCodec.camelCase().object(line.getBytes(StandardCharsets.UTF_8), file.toString());
                long seed = Long.parseLong(String.valueOf(entry.get("seed")));
                long now = ((Number) entry.getOrDefault("now", 0)).longValue();
                Map<String, Object> fields = (Map<String, Object>) entry.getOrDefault("fields", Map.of());
                var unused = write(String.valueOf(entry.get("call"))).apply(new Request(fields, now, ids(seed)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fake MLflow cannot read its journal " + file, e);
        }
    }

    WebhookTable webhooks() {
        return webhooks;
    }

    /** Returns the address of a run's artifacts. */
    public String artifactUri(String runId) {
        return locked(() -> runs.any(runId).artifactUri);
    }

    /** Returns the experiment of a run, if there is such a run. */
    Optional<String> experimentOf(String runId) {
        return locked(() -> runs.find(runId).map(run -> run.experimentId));
    }

    /** Returns whether there is nothing in it. */
    boolean isEmpty() {
        return locked(() -> experiments.all().isEmpty() && models.isEmpty());
    }

    /** Returns the address of a logged model's artifacts. */
    public String modelArtifactUri(String modelId) {
        return locked(() -> loggedModels.artifactUri(modelId));
    }

    /** Returns a model's aliases. */
    public Map<String, String> aliases(String model) {
        return locked(() -> models.aliases(model));
    }

    /** Returns how many runs there are, deleted ones included. */
    public int runCount() {
        return locked(() -> runs.all().size());
    }

    /** Returns how many experiments there are, deleted ones and the default one included. */
    public int experimentCount() {
        return locked(() -> experiments.all().size());
    }

    /** Returns how many rows a metric has. */
    public int metricRows(String runId, String key) {
        return locked(() -> runs.any(runId).history(key).size());
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
