package dev.fairlead.mlflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricOptions;
import dev.fairlead.mlflow.MetricSpoolException;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import dev.fairlead.mlflow.Order;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunMetric;
import dev.fairlead.mlflow.RunQuery;
import dev.fairlead.mlflow.RunSpec;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.mlflow.Runs;
import dev.fairlead.mlflow.SpoolDelivery;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.RunWire;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.Repeat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs on the server. */
final class DefaultRuns implements Runs {
    private final Api api;

    DefaultRuns(Api api) {
        this.api = api;
    }

    @Override
    public ActiveRun start(Experiment experiment, Consumer<RunSpec.Builder> spec) {
        return start(experiment.id(), spec);
    }

    ActiveRun start(String experimentId, Consumer<RunSpec.Builder> change) {
        RunSpec.Builder builder = RunSpec.builder();
        change.accept(builder);
        RunSpec spec = builder.build();
        if (spec.resumeKey().isPresent()) {
            Optional<Run> earlier = findByKey(experimentId, spec.resumeKey().get());
            if (earlier.isPresent()) {
                return reopen(earlier.get());
            }
        }
        return new DefaultActiveRun(api, Decode.run(create(experimentId, spec)), false);
    }

    /** Creates a run with a key of its own, by which a lost answer is found again. */
    private RunWire.Body create(String experimentId, RunSpec spec) {
        String key = spec.resumeKey().orElseGet(() -> UUID.randomUUID().toString());
        String user = spec.userId().orElseGet(DefaultTags::user);
        Map<String, String> tags = new LinkedHashMap<>(DefaultTags.of(user));
        spec.parentId().ifPresent(parent -> tags.put(Run.PARENT_TAG, parent));
        tags.putAll(spec.tags());
        tags.put(RunSpec.KEY_TAG, key);
        Instant start = spec.startTime().orElseGet(() -> api.clock().instant());
        RunWire.Create body = new RunWire.Create(
                experimentId, user, spec.name().orElse(null), start.toEpochMilli(), KeyValue.list(tags));
        Function<Deadline, List<RunWire.Single>> all = deadline -> byKey(experimentId, key, 10, deadline).stream()
                .map(RunWire.Single::new)
                .toList();
        Function<Repeat<RunWire.Single>, RunWire.Single> create =
                repeat -> api.create("runs/create", body, RunWire.Single.class, repeat);
        // a key that the caller gave may be another process's too, whose run is not ours to delete
        RunWire.Single made = spec.resumeKey().isPresent()
                ? create.apply(
                        new Lost<>(deadline -> all.apply(deadline).stream().findFirst()).repeat())
                : Lost.keyed(api, all, create, twin -> delete(twin.run().info().runId()));
        return made.run();
    }

    @Override
    public ActiveRun startConfigured(Consumer<RunSpec.Builder> spec) {
        Optional<String> id = api.platform().setting("mlflow", "run-id");
        return id.isPresent() ? resume(id.get()) : start(new DefaultExperiments(api).configured(), spec);
    }

    @Override
    public ActiveRun resume(String runId) {
        return reopen(get(runId));
    }

    private ActiveRun reopen(Run run) {
        if (!run.status().equals(RunStatus.RUNNING)) {
            api.write("runs/update", new RunWire.Update(run.id(), RunStatus.RUNNING.value(), null, null));
        }
        return new DefaultActiveRun(api, run, true);
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T call(
            Experiment experiment, Consumer<RunSpec.Builder> spec, Work<T, E> work) throws E {
        ActiveRun run = start(experiment, spec);
        try {
            T result = work.run(run);
            run.finish();
            return result;
        } catch (Throwable failure) {
            mark(run, failure);
            throw failure;
        }
    }

    private static void mark(ActiveRun run, Throwable failure) {
        try {
            if (failure instanceof InterruptedException) {
                run.kill();
            } else {
                run.close();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Run get(String runId) {
        return Decode.run(read(api, runId));
    }

    static RunWire.Body read(Api api, String runId) {
        return api.get("runs/get", RunWire.Single.class, q -> q.query("run_id", runId))
                .run();
    }

    @Override
    public Optional<Run> find(String runId) {
        try {
            return Optional.of(get(runId));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Run> findByKey(String experimentId, String resumeKey) {
        return byKey(experimentId, resumeKey, api.calls().deadline()).map(Decode::run);
    }

    /** Finds the oldest run with a key. */
    private Optional<RunWire.Body> byKey(String experimentId, String key, Deadline deadline) {
        return byKey(experimentId, key, 1, deadline).stream().findFirst();
    }

    private List<RunWire.Body> byKey(String experimentId, String key, int most, Deadline deadline) {
        RunWire.Search search = new RunWire.Search(
                List.of(experimentId),
                Filter.tag(RunSpec.KEY_TAG).eq(key).text(),
                "ACTIVE_ONLY",
                most,
                List.of(Order.attribute("start_time").text()),
                null);
        return Decode.list(
                api.search("runs/search", search, RunWire.Page.class, deadline).runs());
    }

    @Override
    public PagedIterable<Run> search(Consumer<RunQuery.Builder> change) {
        RunQuery.Builder builder = RunQuery.builder();
        change.accept(builder);
        RunQuery query = builder.build();
        PagedIterable<Run> pages = Pages.of("mlflow runs/search", token -> {
            RunWire.Page page = api.search("runs/search", body(query, token), RunWire.Page.class);
            return new Page<>(Decode.list(page.runs()).stream().map(Decode::run).toList(), page.nextPageToken());
        });
        return new DistinctPages<>(pages, Run::id);
    }

    private static RunWire.Search body(RunQuery query, @Nullable String token) {
        return new RunWire.Search(
                query.experimentIds(),
                query.filter().text(),
                query.includeDeleted() ? "ALL" : "ACTIVE_ONLY",
                query.pageSize(),
                query.orders().stream().map(Order::text).toList(),
                token);
    }

    @Override
    public void rename(String runId, String name) {
        Problems.check("run", (Problems.Checked) at -> at.requireText("name", name));
        api.write("runs/update", new RunWire.Update(runId, null, null, name));
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        LogBatches.checkTags(tags);
        LogBatches.split(runId, PointBuffer.NONE, Map.of(), tags)
                .forEach(batch -> api.write("runs/log-batch", batch.body()));
    }

    @Override
    public boolean deleteTag(String runId, String key) {
        try {
            api.write("runs/delete-tag", new RunWire.DeleteTag(runId, key));
            return true;
        } catch (NotFoundException e) {
            get(runId); // tells a run that is not there from a tag that is not
            return false;
        }
    }

    @Override
    public PagedIterable<Metric> history(String runId, String metricKey) {
        return new Histories(api).of(runId, metricKey);
    }

    @Override
    public PagedIterable<RunMetric> history(Collection<String> runIds, String metricKey) {
        return new Histories(api).of(runIds, metricKey);
    }

    @Override
    public Map<String, List<Metric>> sampledHistory(Collection<String> runIds, String metricKey, int pointsPerRun) {
        return new Histories(api).sampled(runIds, metricKey, pointsPerRun, null, null);
    }

    @Override
    public Map<String, List<Metric>> sampledHistory(
            Collection<String> runIds, String metricKey, int pointsPerRun, long firstStep, long lastStep) {
        return new Histories(api).sampled(runIds, metricKey, pointsPerRun, firstStep, lastStep);
    }

    @Override
    public List<SpoolDelivery> deliverSpooled(Path spool, Duration timeout) {
        return Spool.runs(spool).stream()
                .map(run -> deliver(spool, run, timeout))
                .toList();
    }

    private SpoolDelivery deliver(Path spool, String runId, Duration timeout) {
        DefaultMetricLogger logger;
        try {
            logger = DefaultMetricLogger.open(
                    api,
                    runId,
                    MetricOptions.builder()
                            .spool(spool)
                            .closeDeadline(timeout)
                            .giveUpAfter(timeout)
                            .build());
        } catch (MetricSpoolException e) {
            return new SpoolDelivery(runId, 0, Optional.of(e));
        }
        try {
            logger.close();
            return new SpoolDelivery(runId, logger.stats().delivered(), Optional.empty());
        } catch (MetricsUndeliveredException e) {
            return new SpoolDelivery(runId, logger.stats().delivered(), Optional.of(e));
        }
    }

    @Override
    public void delete(String runId) {
        api.write("runs/delete", new RunWire.Id(runId));
    }

    @Override
    public void restore(String runId) {
        api.write("runs/restore", new RunWire.Id(runId));
    }
}
