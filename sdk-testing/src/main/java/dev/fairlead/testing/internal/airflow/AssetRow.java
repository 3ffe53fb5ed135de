package dev.fairlead.testing.internal.airflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An asset, with who makes it and who is started by it. Guarded by the state's lock. */
final class AssetRow {
    final int id;
    final String name;
    final String uri;
    final List<String> producers;
    final List<String> consumers;
    final List<Map<String, Object>> events = new ArrayList<>();
    final Map<String, Instant> queued = new LinkedHashMap<>();

    AssetRow(int id, String name, String uri, List<String> producers, List<String> consumers) {
        this.id = id;
        this.name = name;
        this.uri = uri;
        this.producers = List.copyOf(producers);
        this.consumers = List.copyOf(consumers);
    }
}
