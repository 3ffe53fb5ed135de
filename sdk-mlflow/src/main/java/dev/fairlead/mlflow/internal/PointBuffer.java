package dev.fairlead.mlflow.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Values of metrics side by side in arrays: 32 bytes each, and no object of their own. Not thread-safe. */
final class PointBuffer implements Points {
    static final Points NONE = Points.of(List.of());
    private static final int FIRST = 16;

    private String[] keys;
    private double[] values;
    private long[] timestamps;
    private long[] steps;
    private int from;
    private int to;

    PointBuffer() {
        this(FIRST);
    }

    PointBuffer(int room) {
        keys = new String[room];
        values = new double[room];
        timestamps = new long[room];
        steps = new long[room];
    }

    /** Holds several metrics of one time and step. */
    static PointBuffer of(Map<String, Double> values, long timestamp, long step) {
        PointBuffer points = new PointBuffer(Math.max(1, values.size()));
        values.forEach((key, value) -> points.add(key, value, timestamp, step));
        return points;
    }

    void add(String key, double value, long timestamp, long step) {
        if (to == keys.length) {
            int length = to * 2;
            keys = Arrays.copyOf(keys, length);
            values = Arrays.copyOf(values, length);
            timestamps = Arrays.copyOf(timestamps, length);
            steps = Arrays.copyOf(steps, length);
        }
        keys[to] = key;
        values[to] = value;
        timestamps[to] = timestamp;
        steps[to++] = step;
    }

    void add(Points points, int first, int count) {
        for (int i = first; i < first + count; i++) {
            add(points.key(i), points.value(i), points.timestamp(i), points.step(i));
        }
    }

    /** Forgets the oldest. */
    void drop(int count) {
        from += count;
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public String key(int i) {
        return keys[from + i];
    }

    @Override
    public double value(int i) {
        return values[from + i];
    }

    @Override
    public long timestamp(int i) {
        return timestamps[from + i];
    }

    @Override
    public long step(int i) {
        return steps[from + i];
    }
}
