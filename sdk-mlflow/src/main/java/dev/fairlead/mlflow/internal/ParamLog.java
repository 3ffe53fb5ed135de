package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConflictException;
import dev.fairlead.mlflow.LogPolicy;
import dev.fairlead.mlflow.LogPolicy.OnConflict;
import dev.fairlead.mlflow.LogPolicy.OnTooLong;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logs parameters and tags as a policy says. */
final class ParamLog {
    /** More writers than this at once on one parameter are not a race any more. */
    private static final int TRIES = 5;

    private final Api api;
    private final String runId;

    ParamLog(Api api, String runId) {
        this.api = api;
        this.runId = runId;
    }

    void params(Map<String, ?> params, LogPolicy policy) {
        Map<String, String> texts = new LinkedHashMap<>();
        params.forEach((key, value) -> texts.put(key, cut(policy, String.valueOf(value), Rules.MAX_PARAM)));
        LogBatches.checkParams(texts);
        Map<String, String> refused = new LinkedHashMap<>();
        for (LogBatch batch : LogBatches.split(runId, PointBuffer.NONE, texts, Map.of())) {
            if (policy.onConflict() == OnConflict.FAIL) {
                send(batch);
            } else {
                refused.putAll(withoutConflicts(batch.params()));
            }
        }
        if (policy.onConflict() == OnConflict.AS_TAG && !refused.isEmpty()) {
            Map<String, String> tags = new LinkedHashMap<>();
            refused.forEach((key, value) -> tags.put(LogPolicy.PARAM_TAG + key, value));
            tags(tags, policy);
        }
    }

    void tags(Map<String, String> tags, LogPolicy policy) {
        Map<String, String> kept = new LinkedHashMap<>();
        tags.forEach((key, value) -> kept.put(key, value == null ? null : cut(policy, value, Rules.MAX_RUN_TAG)));
        LogBatches.checkTags(kept);
        LogBatches.split(runId, PointBuffer.NONE, Map.of(), kept).forEach(this::send);
    }

    private static String cut(LogPolicy policy, String value, int longest) {
        return policy.onTooLong() == OnTooLong.CUT ? Rules.cut(value, longest) : value;
    }

    /** Stores what does not clash with what is there; returns what does. The server refuses all of a batch for one that does. */
    private Map<String, String> withoutConflicts(Map<String, String> params) {
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, String> left = new LinkedHashMap<>(params);
        for (int i = 0; !left.isEmpty(); i++) {
            try {
                send(new LogBatch(runId, PointBuffer.NONE, 0, 0, left, Map.of()));
                return refused;
            } catch (ConflictException e) {
                Map<String, String> there =
                        Decode.run(DefaultRuns.read(api, runId)).params();
                Map<String, String> fresh = new LinkedHashMap<>(left);
                fresh.keySet().removeAll(there.keySet());
                if (i == TRIES || fresh.size() == left.size()) {
                    throw e; // it clashes with something else
                }
                left.forEach((key, value) -> {
                    if (there.containsKey(key) && !value.equals(there.get(key))) {
                        refused.put(key, value);
                    }
                });
                left = fresh;
            }
        }
        return refused;
    }

    void send(LogBatch batch) {
        api.write("runs/log-batch", batch.body());
    }
}
