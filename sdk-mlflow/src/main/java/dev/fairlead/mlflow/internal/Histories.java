package dev.fairlead.mlflow.internal;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.RunMetric;
import dev.fairlead.mlflow.internal.wire.RunWire;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the histories of metrics. */
final class Histories {
    private static final int PAGE = 25_000;
    private static final int MAX_RUNS = 100;
    private static final int MAX_SAMPLES = 2500;

    private final Api api;

    Histories(Api api) {
        this.api = api;
    }

    PagedIterable<Metric> of(String runId, String key) {
        return Pages.of("mlflow metrics/get-history", token -> page(runId, key, token));
    }

    private Page<Metric> page(String runId, String key, @Nullable String token) {
        RunWire.History page = api.get(
                "metrics/get-history",
                RunWire.History.class,
                q -> q.query("run_id", runId)
                        .query("metric_key", key)
                        .query("max_results", PAGE)
                        .query("page_token", token));
        return new Page<>(
                Decode.list(page.metrics()).stream().map(Decode::metric).toList(), page.nextPageToken());
    }

    /**
     * Reads one run after another: the server's own call for many runs cuts without a word after 25,000 rows. Our token is the run's place in
     * the list before the server's token.
     */
    PagedIterable<RunMetric> of(Collection<String> runIds, String key) {
        List<String> runs = List.copyOf(new LinkedHashSet<>(runIds));
        return Pages.of("mlflow metrics/get-history", token -> {
            int colon = token == null ? 0 : token.indexOf(':');
            int place = token == null ? 0 : Integer.parseInt(token.substring(0, colon));
            if (place == runs.size()) {
                return new Page<>(List.of(), null);
            }
            String run = runs.get(place);
            String inner = token == null ? "" : token.substring(colon + 1);
            Page<Metric> page = page(run, key, inner.isEmpty() ? null : inner);
            String next = page.nextToken();
            boolean done = next == null || next.isEmpty();
            String following = place + 1 == runs.size() ? null : (place + 1) + ":";
            return new Page<>(
                    page.items().stream().map(m -> new RunMetric(run, m)).toList(),
                    done ? following : place + ":" + next);
        });
    }

    Map<String, List<Metric>> sampled(
            Collection<String> runIds,
            String key,
            int pointsPerRun,
            @Nullable Long firstStep,
            @Nullable Long lastStep) {
        Problems.check("sampled history", (Problems.Checked) at -> {
            at.require(
                    pointsPerRun >= 1 && pointsPerRun <= MAX_SAMPLES,
                    "pointsPerRun",
                    "must be from 1 to 2,500",
                    pointsPerRun);
            at.require(
                    firstStep == null || lastStep == null || firstStep <= lastStep,
                    "lastStep",
                    "must not lie before the first step " + firstStep,
                    lastStep);
        });
        Map<String, List<Metric>> all = new LinkedHashMap<>();
        runIds.forEach(run -> all.put(run, new ArrayList<>()));
        List<String> runs = List.copyOf(all.keySet());
        for (int at = 0; at < runs.size(); at += MAX_RUNS) {
            List<String> part = runs.subList(at, Math.min(at + MAX_RUNS, runs.size()));
            RunWire.Histories found = api.get("metrics/get-history-bulk-interval", RunWire.Histories.class, q -> {
                part.forEach(run -> q.query("run_ids", run));
                q.query("metric_key", key)
                        .query("max_results", pointsPerRun)
                        .query("start_step", firstStep)
                        .query("end_step", lastStep);
            });
            Decode.list(found.metrics()).forEach(m -> {
                List<Metric> mine = all.get(m.runId());
                if (mine != null) {
                    mine.add(Decode.metric(new RunWire.MetricBody(m.key(), m.value(), m.timestamp(), m.step())));
                }
            });
        }
        all.replaceAll((run, list) -> List.copyOf(list));
        return all;
    }
}
