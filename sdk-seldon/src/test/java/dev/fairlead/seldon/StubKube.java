package dev.fairlead.seldon;

import dev.fairlead.PagedIterable;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.Pages;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A cluster that holds what a test puts there. */
public final class StubKube implements KubeAccess {
    public final Map<Kind, List<Map<String, Object>>> objects = new HashMap<>();
    final List<Map<String, Object>> events = new ArrayList<>();
    String log = "";

    public static Map<String, Object> tree(String json) {
        return JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test");
    }

    public StubKube put(Kind kind, String... json) {
        List<Map<String, Object>> trees = new ArrayList<>();
        for (String each : json) {
            trees.add(tree(each));
        }
        objects.put(kind, trees);
        return this;
    }

    @Override
    public String namespace() {
        return "ml";
    }

    @Override
    public URI server() {
        return URI.create("https://cluster");
    }

    @Override
    public String version() {
        return "v1.36.3";
    }

    @Override
    public Kind kind(String apiVersion, String kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> get(Kind kind, String namespace, String name) {
        return find(kind, namespace, name).orElseThrow();
    }

    @Override
    public Optional<Map<String, Object>> find(Kind kind, String namespace, String name) {
        return objects.getOrDefault(kind, List.of()).stream().findFirst();
    }

    @Override
    public PagedIterable<Map<String, Object>> list(Kind kind, String namespace, String labelSelector) {
        return Pages.of("test", token -> new PagedIterable.Page<>(objects.getOrDefault(kind, List.of()), null));
    }

    @Override
    public Map<String, Object> apply(Kind kind, Map<String, Object> object, Apply options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ApplyPlan plan(Kind kind, Map<String, Object> object, Apply options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> create(Kind kind, Map<String, Object> object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> mergePatch(
            Kind kind, String namespace, String name, Map<String, Object> patch, String subresource) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Kind kind, String namespace, String name, Delete how) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean watch(
            Kind kind, String namespace, String name, Predicate<Map<String, Object>> condition, Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public View view(Kind kind, String namespace, String labelSelector, View.Listener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String logs(String namespace, String pod, String container, int tailLines) {
        return log;
    }

    @Override
    public InputStream followLogs(String namespace, String pod, String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortForward portForward(String namespace, String pod, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Map<String, Object>> events(String namespace, String kind, String name) {
        return events;
    }
}
