package dev.fairlead.testing.internal.mlflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The webhooks. Unlike a server with its defaults it takes http and local addresses, and serves a new webhook at once. */
final class WebhookTable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,60}[A-Za-z0-9])?");

    private final ModelTable models;
    private final Lock lock;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    WebhookTable(ModelTable models, Lock lock) {
        this.models = models;
        this.lock = lock;
    }

    private static final class Row {
        final String id;
        final long created;
        long updated;
        String name = "";
        String description = "";
        String url = "";
        String secret = "";
        String status = "ACTIVE";
        List<String> events = List.of();

        Row(String id, long created) {
            this.id = id;
            this.created = created;
        }
    }

    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST webhooks", this::create);
        reads.put("GET webhooks", this::list);
        reads.put("GET webhooks/{webhook_id}", request -> single(row(request.text("webhook_id"))));
        writes.put("PATCH webhooks/{webhook_id}", this::update);
        writes.put("DELETE webhooks/{webhook_id}", this::delete);
    }

    private Map<String, Object> create(Request request) {
        Row row = new Row(request.ids().get(), request.now());
        row.name = name(request.text("name"));
        row.url = url(request.text("url"));
        row.events = events(request);
        if (row.events.isEmpty()) {
            throw Refusal.invalid("Webhook events must be a non-empty list of WebhookEvent objects: [].");
        }
        change(row, request);
        rows.put(row.id, row);
        return single(row);
    }

    private Map<String, Object> update(Request request) {
        Row row = row(request.text("webhook_id"));
        row.name = request.optional("name").map(WebhookTable::name).orElse(row.name);
        row.url = request.optional("url").map(WebhookTable::url).orElse(row.url);
        List<String> events = events(request);
        row.events = events.isEmpty() ? row.events : events;
        change(row, request);
        return single(row);
    }

    private static void change(Row row, Request request) {
        if (request.fields().containsKey("description")) {
            row.description = request.optional("description").orElse("");
        }
        row.secret = request.optional("secret").orElse(row.secret);
        row.status = request.optional("status").orElse(row.status);
        row.updated = request.now();
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid(
                    "Webhook name '" + name
                            + "' is invalid. It must start and end with a letter or digit, be less than 63 characters long, and contain only letters, digits, dots (.), underscores (_), and hyphens (-).");
        }
        return name;
    }

    private static String url(String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw Refusal.invalid("Invalid webhook URL scheme: '" + url.replaceAll(":.*", "")
                    + "'. Allowed schemes are: http, https.");
        }
        return url;
    }

    /** Returns the events as {@code entity.action}, in order, as the server gives them back. */
    private static List<String> events(Request request) {
        List<String> events = new ArrayList<>();
        for (Map<String, Object> each : request.objects("events")) {
            String event = event(each);
            if (!WebhookEvents.EXAMPLES.containsKey(event)) {
                throw Refusal.invalid("Invalid action in webhook event '" + event + "'");
            }
            events.add(event);
        }
        return events.stream().distinct().sorted().toList();
    }

    private static String event(Map<String, Object> wire) {
        return (wire.get("entity") + "." + wire.get("action")).toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> list(Request request) {
        int size = request.maxResults(100, 1000);
        List<Row> newest = rows.values().stream()
                .sorted(Comparator.<Row>comparingLong(r -> r.created).reversed())
                .toList();
        return Wire.page(request, "webhooks", newest, size, WebhookTable::wire);
    }

    private Map<String, Object> delete(Request request) {
        rows.remove(row(request.text("webhook_id")).id);
        return Map.of();
    }

    private Row row(String id) {
        Row row = rows.get(id);
        if (row == null) {
            throw Refusal.missing("Webhook with ID " + id + " not found.");
        }
        return row;
    }

    private static Map<String, Object> single(Row row) {
        return Wire.object("webhook", wire(row));
    }

    private static Map<String, Object> wire(Row row) {
        Map<String, Object> wire = Wire.object(
                "webhook_id",
                row.id,
                "name",
                row.name,
                "url",
                row.url,
                "events",
                row.events.stream()
                        .map(e -> e.toUpperCase(Locale.ROOT).split("\\.", 2))
                        .map(e -> Wire.object("entity", e[0], "action", e[1]))
                        .toList(),
                "status",
                row.status,
                "creation_timestamp",
                row.created,
                "last_updated_timestamp",
                row.updated);
        if (!row.description.isEmpty()) {
            wire.put("description", row.description);
        }
        return wire;
    }

    /** Sends an example, and says how that ended. */
    Map<String, Object> test(String id, Map<String, Object> body) {
        WebhookSender sender;
        String event;
        lock.lock();
        try {
            Row row = row(id);
            sender = new WebhookSender(row.url, row.secret);
            event = body.get("event") instanceof Map<?, ?> named
                    ? (named.get("entity") + "." + named.get("action")).toLowerCase(Locale.ROOT)
                    : row.events.get(0);
        } finally {
            lock.unlock();
        }
        Map<String, Object> example = WebhookEvents.EXAMPLES.get(event);
        if (example == null) {
            throw Refusal.invalid("Invalid action in webhook event '" + event + "'");
        }
        return Wire.object("result", sender.test(event, example, Instant.now()));
    }

    /** Prepares what a call's webhooks are told; to be run without the lock. */
    Runnable deliveries(String call, Map<String, Object> fields, long now) {
        WebhookEvents.Event event = WebhookEvents.of(call, fields, models);
        if (event == null) {
            return () -> {};
        }
        List<WebhookSender> senders = rows.values().stream()
                .filter(r -> r.status.equals("ACTIVE") && r.events.contains(event.name()))
                .map(r -> new WebhookSender(r.url, r.secret))
                .toList();
        return () -> senders.forEach(s -> s.start(event.name(), event.data(), Instant.ofEpochMilli(now)));
    }
}
