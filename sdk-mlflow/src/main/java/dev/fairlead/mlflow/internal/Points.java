package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.Metric;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Values of metrics, however they are held. */
interface Points {
    int size();

    String key(int i);

    double value(int i);

    /** Milliseconds since 1970. */
    long timestamp(int i);

    long step(int i);

    /** Makes values of them. */
    default List<Metric> toList() {
        return IntStream.range(0, size())
                .mapToObj(i -> new Metric(key(i), value(i), Instant.ofEpochMilli(timestamp(i)), step(i)))
                .toList();
    }

    /** Shows a list that does not change. */
    static Points of(List<Metric> metrics) {
        return new Points() {
            @Override
            public int size() {
                return metrics.size();
            }

            @Override
            public String key(int i) {
                return metrics.get(i).key();
            }

            @Override
            public double value(int i) {
                return metrics.get(i).value();
            }

            @Override
            public long timestamp(int i) {
                return metrics.get(i).timestamp().toEpochMilli();
            }

            @Override
            public long step(int i) {
                return metrics.get(i).step();
            }
        };
    }

    /** Shows one metric's values, step by step from the first, all of one time. */
    static Points series(String key, double[] values, long firstStep, long timestamp) {
        double[] fixed = values.clone();
        return new Points() {
            @Override
            public int size() {
                return fixed.length;
            }

            @Override
            public String key(int i) {
                return key;
            }

            @Override
            public double value(int i) {
                return fixed[i];
            }

            @Override
            public long timestamp(int i) {
                return timestamp;
            }

            @Override
            public long step(int i) {
                return firstStep + i;
            }
        };
    }
}
