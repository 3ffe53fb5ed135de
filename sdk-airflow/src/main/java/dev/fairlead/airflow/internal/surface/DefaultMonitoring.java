package dev.fairlead.airflow.internal.surface;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.admin.AuditEvent;
import dev.fairlead.airflow.admin.AuditQuery;
import dev.fairlead.airflow.admin.DagWarning;
import dev.fairlead.airflow.admin.Health;
import dev.fairlead.airflow.admin.HealthPart;
import dev.fairlead.airflow.admin.Job;
import dev.fairlead.airflow.admin.Monitoring;
import dev.fairlead.airflow.admin.Plugin;
import dev.fairlead.airflow.admin.PluginProblem;
import dev.fairlead.airflow.admin.Provider;
import dev.fairlead.airflow.internal.wire.MonitorWire;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a server is. */
public final class DefaultMonitoring implements Monitoring {
    private final Surface surface;

    /** Creates the area. */
    public DefaultMonitoring(Surface surface) {
        this.surface = surface;
    }

    @Override
    public Health health() {
        return value(surface.call(healthCall()));
    }

    private CallSpec.Builder<MonitorWire.Health> healthCall() {
        String path = surface.root() + (surface.three() ? "/monitor/health" : "/health");
        return surface.get("monitor/health", path, MonitorWire.Health.class).anonymous();
    }

    private static Health value(MonitorWire.Health wire) {
        MonitorWire.Part scheduler = wire.scheduler();
        MonitorWire.Part triggerer = wire.triggerer();
        MonitorWire.Part processor = wire.dagProcessor();
        return new Health(
                part("metadatabase", wire.metadatabase(), null),
                part("scheduler", scheduler, scheduler == null ? null : scheduler.latestSchedulerHeartbeat()),
                part("triggerer", triggerer, triggerer == null ? null : triggerer.latestTriggererHeartbeat()),
                part("dag_processor", processor, processor == null ? null : processor.latestDagProcessorHeartbeat()));
    }

    private static HealthPart part(String name, MonitorWire.@Nullable Part part, @Nullable String beat) {
        return new HealthPart(name, part == null ? "" : Surface.text(part.status()), Surface.instant(beat));
    }

    @Override
    public Operation<Health> untilHealthy() {
        AtomicReference<Seen<Health>> last = new AtomicReference<>(new Seen.Pending<>("unknown", ""));
        return surface.platform()
                .poller()
                .operation(new Spec<>(
                        "health",
                        "airflow at " + surface.calls().baseUri() + " becoming healthy",
                        deadline -> look(deadline, last),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        null));
    }

    private Seen<Health> look(Deadline deadline, AtomicReference<Seen<Health>> last) {
        try {
            Health health = value(surface.call(healthCall(), deadline));
            Seen<Health> seen = health.healthy()
                    ? new Seen.Done<>(health)
                    : new Seen.Pending<>(
                            "unhealthy",
                            health.unhealthy().stream()
                                    .map(HealthPart::toString)
                                    .collect(Collectors.joining("; ")));
            last.set(seen);
            return seen;
        } catch (MlPlatformException e) {
            if (!e.retryable()) {
                throw e;
            }
            if (deadline.passed()) {
                return Objects.requireNonNull(
                        last.get()); // a call cut short by the waiter tells nothing about the server
            }
            return new Seen.Pending<>("unreachable", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public PagedIterable<Provider> providers() {
        return surface.paged(
                "providers/list",
                () -> surface.get("providers/list", surface.root() + "/providers", MonitorWire.Providers.class),
                MonitorWire.Providers::providers,
                MonitorWire.Providers::totalEntries,
                wire -> new Provider(
                        Surface.required(wire.packageName(), "package_name"),
                        Surface.text(wire.version()),
                        Surface.text(wire.description())));
    }

    @Override
    public PagedIterable<Plugin> plugins() {
        return surface.paged(
                "plugins/list",
                () -> surface.get("plugins/list", surface.root() + "/plugins", MonitorWire.Plugins.class),
                MonitorWire.Plugins::plugins,
                MonitorWire.Plugins::totalEntries,
                tree -> {
                    Map<String, Object> parts = new LinkedHashMap<>(tree);
                    Object name = parts.remove("name");
                    Object source = parts.remove("source");
                    parts.values().removeIf(Objects::isNull);
                    return new Plugin(Objects.toString(name, ""), Objects.toString(source, ""), parts);
                });
    }

    @Override
    public List<PluginProblem> pluginProblems() {
        surface.require("the list of plugins that were not loaded", 3, 1);
        return Surface.list(surface.call(surface.get(
                                "plugins/problems",
                                surface.root() + "/plugins/importErrors",
                                MonitorWire.PluginProblems.class))
                        .importErrors())
                .stream()
                .map(wire -> new PluginProblem(Surface.text(wire.source()), Surface.text(wire.error())))
                .toList();
    }

    @Override
    public Map<String, Map<String, String>> config() {
        return value(exposed(() -> surface.call(configCall(surface.root() + "/config"))));
    }

    @Override
    public Optional<String> config(String section, String key) {
        String path =
                surface.root() + "/config/section/" + CallSpec.encode(section) + "/option/" + CallSpec.encode(key);
        return Surface.found(() -> exposed(() -> surface.call(configCall(path))))
                .flatMap(wire -> value(wire).values().stream()
                        .flatMap(options -> options.values().stream())
                        .findFirst());
    }

    private CallSpec.Builder<MonitorWire.Config> configCall(String path) {
        return surface.get("config/get", path, MonitorWire.Config.class).header("Accept", "application/json");
    }

    private <T> T exposed(Supplier<T> call) {
        try {
            return call.get();
        } catch (PermissionException e) {
            throw new PermissionException(
                    e.details(),
                    "let the server's settings say [" + (surface.three() ? "api" : "webserver")
                            + "] expose_config = non-sensitive-only, and use a user who may see them");
        }
    }

    private static Map<String, Map<String, String>> value(MonitorWire.Config wire) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Surface.list(wire.sections()).forEach(section -> {
            Map<String, String> options = new LinkedHashMap<>();
            Surface.list(section.options())
                    .forEach(option -> options.put(Surface.text(option.key()), text(option.value())));
            sections.put(Surface.text(section.name()), options);
        });
        return sections;
    }

    /** A value may come with where it is from. */
    private static String text(@Nullable Object value) {
        return value instanceof List<?> pair && !pair.isEmpty()
                ? Objects.toString(pair.get(0), "")
                : Objects.toString(value, "");
    }

    @Override
    public PagedIterable<Job> jobs() {
        surface.require("the list of jobs", 3, 0);
        return surface.paged(
                "jobs/list",
                () -> surface.get("jobs/list", surface.root() + "/jobs", MonitorWire.Jobs.class)
                        .query("order_by", "-id"),
                MonitorWire.Jobs::jobs,
                MonitorWire.Jobs::totalEntries,
                wire -> new Job(
                        Surface.number(wire.id()),
                        Surface.text(wire.jobType()),
                        Surface.text(wire.state()),
                        Surface.text(wire.hostname()),
                        Surface.instant(wire.startDate()),
                        Surface.instant(wire.endDate()),
                        Surface.instant(wire.latestHeartbeat())));
    }

    @Override
    public PagedIterable<AuditEvent> auditLog(Consumer<AuditQuery.Builder> query) {
        AuditQuery.Builder builder = AuditQuery.builder();
        query.accept(builder);
        AuditQuery wanted = builder.build();
        return surface.paged(
                "eventLogs/list",
                () -> surface.get("eventLogs/list", surface.root() + "/eventLogs", MonitorWire.Events.class)
                        .query("order_by", surface.three() ? "-when" : "-event_log_id")
                        .query("dag_id", wanted.dagId().orElse(null))
                        .query("run_id", wanted.runId().orElse(null))
                        .query("task_id", wanted.taskId().orElse(null))
                        .query("event", wanted.event().orElse(null))
                        .query("owner", wanted.owner().orElse(null))
                        .query("after", wanted.after().orElse(null))
                        .query("before", wanted.before().orElse(null)),
                MonitorWire.Events::eventLogs,
                MonitorWire.Events::totalEntries,
                DefaultMonitoring::value);
    }

    @Override
    public AuditEvent auditEvent(int id) {
        String path = surface.root() + "/eventLogs/" + id;
        return value(surface.call(surface.get("eventLogs/get", path, MonitorWire.Event.class)));
    }

    private static AuditEvent value(MonitorWire.Event wire) {
        return new AuditEvent(
                Surface.number(wire.eventLogId()),
                Surface.time(wire.when()),
                Surface.text(wire.event()),
                Surface.text(wire.owner()),
                wire.dagId(),
                wire.runId(),
                wire.taskId(),
                Surface.text(wire.extra()));
    }

    @Override
    public Map<String, Map<DagRunState, Integer>> runCounts(String... dagIds) {
        CallSpec.Builder<MonitorWire.Stats> spec =
                surface.get("dagStats/get", surface.root() + "/dagStats", MonitorWire.Stats.class);
        if (surface.three()) {
            List.of(dagIds).forEach(id -> spec.query("dag_ids", id));
        } else {
            spec.query("dag_ids", String.join(",", dagIds));
        }
        Map<String, Map<DagRunState, Integer>> counts = new LinkedHashMap<>();
        Surface.list(surface.call(spec).dags()).forEach(dag -> {
            Map<DagRunState, Integer> states = new LinkedHashMap<>();
            Surface.list(dag.stats())
                    .forEach(s -> states.put(DagRunState.of(Surface.text(s.state())), Surface.number(s.count())));
            counts.put(Surface.text(dag.dagId()), states);
        });
        return counts;
    }

    @Override
    public PagedIterable<DagWarning> warnings() {
        return surface.paged(
                "dagWarnings/list",
                () -> surface.get("dagWarnings/list", surface.root() + "/dagWarnings", MonitorWire.Warnings.class)
                        .query("order_by", "dag_id"),
                MonitorWire.Warnings::dagWarnings,
                MonitorWire.Warnings::totalEntries,
                wire -> new DagWarning(
                        Surface.text(wire.dagId()),
                        Surface.text(wire.warningType()),
                        Surface.text(wire.message()),
                        Surface.time(wire.timestamp())));
    }
}
