package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.mlflow.Metric;
import dev.fairlead.support.Proves;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LogBatchesTest {
    @Property(tries = 100)
    @Proves("mlflow.log-batch")
    void split_anySizes_keepEveryLimitAndEveryEntryInOrder(
            @ForAll @IntRange(max = 5000) int metrics,
            @ForAll @IntRange(max = 450) int params,
            @ForAll @IntRange(max = 450) int tags) {
        List<Metric> points = new ArrayList<>();
        for (int i = 0; i < metrics; i++) {
            points.add(new Metric("m", i, Instant.ofEpochMilli(i), i));
        }

        List<LogBatch> batches = LogBatches.split("r", Points.of(points), numbered(params), numbered(tags));

        assertThat(batches).allSatisfy(b -> {
            assertThat(b.to() - b.from()).isBetween(0, 1000);
            assertThat(b.params().size()).isLessThanOrEqualTo(100);
            assertThat(b.tags().size()).isLessThanOrEqualTo(100);
            assertThat(b.to() - b.from() + b.params().size() + b.tags().size()).isBetween(1, 1000);
        });
        int at = 0;
        for (LogBatch batch : batches) {
            assertThat(batch.from()).isEqualTo(at);
            at = batch.to();
        }
        assertThat(at).isEqualTo(metrics);
        assertThat(batches.stream().flatMap(b -> b.params().keySet().stream())).hasSize(params);
        assertThat(batches.stream().flatMap(b -> b.tags().keySet().stream())).hasSize(tags);
    }

    private static Map<String, String> numbered(int count) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put("k" + i, "v");
        }
        return map;
    }
}
