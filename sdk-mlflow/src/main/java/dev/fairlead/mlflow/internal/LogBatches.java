package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits what is to be logged into batches that the server takes: 1,000 metrics, 100 parameters, 100 tags, 1,000 altogether. The times of
 * the metrics are fixed before, so that a batch may be sent again without a second row.
 */
final class LogBatches {
    static final int MAX_ALL = 1000;
    private static final int MAX_PAIRS = 100;

    private LogBatches() {}

    /** Splits; in each batch what is left of parameters and tags goes first. */
    static List<LogBatch> split(String runId, Points points, Map<String, String> params, Map<String, String> tags) {
        List<Map<String, String>> paramParts = parts(params);
        List<Map<String, String>> tagParts = parts(tags);
        List<LogBatch> batches = new ArrayList<>();
        int m = 0;
        for (int i = 0; m < points.size() || i < paramParts.size() || i < tagParts.size(); i++) {
            Map<String, String> p = i < paramParts.size() ? paramParts.get(i) : Map.of();
            Map<String, String> t = i < tagParts.size() ? tagParts.get(i) : Map.of();
            int to = Math.min(m + MAX_ALL - p.size() - t.size(), points.size());
            batches.add(new LogBatch(runId, points, m, to, p, t));
            m = to;
        }
        return batches;
    }

    private static List<Map<String, String>> parts(Map<String, String> pairs) {
        List<Map<String, String>> parts = new ArrayList<>();
        Map<String, String> part = new LinkedHashMap<>();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            if (part.size() == MAX_PAIRS) {
                parts.add(part);
                part = new LinkedHashMap<>();
            }
            part.put(pair.getKey(), pair.getValue());
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /** Refuses metrics that the server would refuse. */
    static void checkMetrics(Points points) {
        Problems.check("metrics", (Problems.Checked) at -> {
            String last = null;
            for (int i = 0; i < points.size(); i++) {
                String key = points.key(i);
                if (key == null || !key.equals(last)) {
                    Rules.key(at, "metrics", key);
                    last = key;
                }
                if (points.timestamp(i) < 0) {
                    at.add("metrics[" + key + "].timestamp", "must not lie before 1970", points.timestamp(i) + " ms");
                }
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
