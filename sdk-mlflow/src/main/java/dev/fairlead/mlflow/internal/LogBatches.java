package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.internal.wire.KeyValue;
import dev.fairlead.mlflow.internal.wire.RunWire;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Splits what is to be logged into batches that the server takes: 1,000 metrics, 100 parameters, 100 tags, 1,000 altogether. The times of
 * the metrics are fixed before, so that a batch may be sent again without a second row.
 */
final class LogBatches {
    private static final int MAX_PAIRS = 100;
    private static final int MAX_ALL = 1000;

    private LogBatches() {}

    /** Splits; in each batch what is left of parameters and tags goes first. */
    static List<RunWire.LogBatch> split(
            String runId, Collection<Metric> metrics, Map<String, String> params, Map<String, String> tags) {
        List<RunWire.MetricBody> points = metrics.stream()
                .map(m ->
                        new RunWire.MetricBody(m.key(), m.value(), m.timestamp().toEpochMilli(), m.step()))
                .toList();
        List<KeyValue> paramList = KeyValue.list(params);
        List<KeyValue> tagList = KeyValue.list(tags);
        List<RunWire.LogBatch> batches = new ArrayList<>();
        int m = 0;
        int p = 0;
        int t = 0;
        while (m < points.size() || p < paramList.size() || t < tagList.size()) {
            int toP = Math.min(p + MAX_PAIRS, paramList.size());
            int toT = Math.min(t + MAX_PAIRS, tagList.size());
            int room = MAX_ALL - (toP - p) - (toT - t);
            int toM = Math.min(m + room, points.size());
            batches.add(new RunWire.LogBatch(
                    runId, points.subList(m, toM), paramList.subList(p, toP), tagList.subList(t, toT)));
            m = toM;
            p = toP;
            t = toT;
        }
        return batches;
    }

    /** Refuses metrics that the server would refuse. */
    static void checkMetrics(Collection<Metric> metrics) {
        Problems.check("metrics", (Problems.Checked) at -> {
            for (Metric metric : metrics) {
                Rules.key(at, "metrics", metric.key());
                at.require(
                        metric.timestamp().toEpochMilli() >= 0,
                        "metrics[" + metric.key() + "].timestamp",
                        "must not lie before 1970",
                        metric.timestamp());
            }
        });
    }

    /** Refuses parameters that the server would refuse, or cut. */
    static void checkParams(Map<String, String> params) {
        check("parameters", "params", params, Rules.MAX_PARAM);
    }

    /** Refuses tags that the server would refuse, or cut. */
    static void checkTags(Map<String, String> tags) {
        check("tags", "tags", tags, Rules.MAX_RUN_TAG);
    }

    private static void check(String kind, String field, Map<String, String> pairs, int longest) {
        Problems.check(kind, (Problems.Checked) at -> Rules.tags(at, field, pairs, longest));
    }
}
