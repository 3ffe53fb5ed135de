package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.Catalog;
import dev.fairlead.airflow.DagTask;
import dev.fairlead.airflow.TaskBlocker;
import dev.fairlead.airflow.internal.wire.CatalogWire;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the server understood DAGs. */
public final class DefaultCatalog implements Catalog {
    private final Surface surface;

    /** Creates the area. */
    public DefaultCatalog(Surface surface) {
        this.surface = surface;
    }

    @Override
    public List<DagTask> tasks(String dagId) {
        return Surface.list(
                        surface.call(surface.get("tasks/list", surface.dag(dagId) + "/tasks", CatalogWire.Tasks.class))
                                .tasks())
                .stream()
                .map(DefaultCatalog::task)
                .sorted(Comparator.comparing(DagTask::id))
                .toList();
    }

    @Override
    public DagTask task(String dagId, String taskId) {
        String path = surface.dag(dagId) + "/tasks/" + CallSpec.encode(taskId);
        return task(surface.call(surface.get("tasks/get", path, CatalogWire.Task.class)));
    }

    private static DagTask task(CatalogWire.Task wire) {
        CatalogWire.ClassRef type = wire.classRef();
        Duration delay = duration(wire.retryDelay());
        return new DagTask(
                Surface.required(wire.taskId(), "task_id"),
                wire.operatorName() == null
                        ? type == null ? "" : Surface.text(type.className())
                        : Surface.text(wire.operatorName()),
                type == null ? "" : Surface.text(type.modulePath()),
                Surface.list(wire.downstreamTaskIds()),
                Surface.text(wire.triggerRule()),
                whole(wire.retries()),
                delay == null ? Duration.ZERO : delay,
                duration(wire.executionTimeout()),
                Surface.text(wire.pool()),
                whole(wire.poolSlots()),
                Surface.text(wire.queue()),
                whole(wire.priorityWeight()),
                Boolean.TRUE.equals(wire.isMapped()));
    }

    private static int whole(@Nullable Double number) {
        return number == null ? 0 : number.intValue();
    }

    private static @Nullable Duration duration(CatalogWire.@Nullable Delta delta) {
        return delta == null
                ? null
                : Duration.ofDays(Surface.number(delta.days()))
                        .plusSeconds(Surface.number(delta.seconds()))
                        .plus(Surface.number(delta.microseconds()), ChronoUnit.MICROS);
    }

    @Override
    public PagedIterable<String> tags() {
        surface.require("the list of tags", 3, 0);
        return surface.paged(
                "dagTags/list",
                () -> surface.get("dagTags/list", surface.root() + "/dagTags", CatalogWire.Tags.class)
                        .query("order_by", "name"),
                CatalogWire.Tags::tags,
                CatalogWire.Tags::totalEntries,
                tag -> tag);
    }

    @Override
    public PagedIterable<String> favorites() {
        surface.require("favourites", 3, 1);
        return surface.paged(
                "dags/favorites",
                () -> surface.get("dags/favorites", surface.root() + "/dags", Wire.Dags.class)
                        .query("is_favorite", true)
                        .query("order_by", "dag_id"),
                Wire.Dags::dags,
                Wire.Dags::totalEntries,
                dag -> Surface.required(dag.dagId(), "dag_id"));
    }

    @Override
    public boolean favorite(String dagId) {
        return mark(dagId, "favorite");
    }

    @Override
    public boolean unfavorite(String dagId) {
        return mark(dagId, "unfavorite");
    }

    private boolean mark(String dagId, String verb) {
        surface.require("favourites", 3, 1);
        try {
            surface.call(surface.send("dags/" + verb, "POST", surface.dag(dagId) + "/" + verb, null, Decoder.nothing())
                    .repeatable());
            return true;
        } catch (ConflictException e) {
            return false; // it was so before
        }
    }

    @Override
    public Map<String, URI> links(String dagId, String runId, String taskId) {
        String path = surface.task(dagId, runId, taskId) + "/links";
        Map<String, Object> wire = surface.three()
                ? Surface.map(surface.call(surface.get("taskInstances/links", path, CatalogWire.Links.class))
                        .extraLinks())
                : surface.tree("taskInstances/links", path);
        Map<String, URI> links = new LinkedHashMap<>();
        wire.forEach((name, address) -> {
            if (address instanceof String text && !text.isBlank()) {
                links.put(name, URI.create(text.strip().replace(" ", "%20")));
            }
        });
        return links;
    }

    @Override
    public Optional<URI> externalLog(String dagId, String runId, String taskId, int tryNumber) {
        surface.require("addresses of logs elsewhere", 3, 1);
        String path = surface.task(dagId, runId, taskId) + "/externalLogUrl/" + tryNumber;
        try {
            return Optional.ofNullable(
                            surface.call(surface.get("taskInstances/externalLog", path, CatalogWire.Address.class))
                                    .url())
                    .map(URI::create);
        } catch (InvalidRequestException e) {
            return Optional.empty(); // it keeps the logs itself
        }
    }

    @Override
    public List<TaskBlocker> blockers(String dagId, String runId, String taskId) {
        return blockers(surface.task(dagId, runId, taskId) + "/dependencies");
    }

    @Override
    public List<TaskBlocker> blockers(String dagId, String runId, String taskId, int mapIndex) {
        return blockers(surface.task(dagId, runId, taskId) + "/" + mapIndex + "/dependencies");
    }

    private List<TaskBlocker> blockers(String path) {
        return Surface.list(surface.call(surface.get("taskInstances/blockers", path, CatalogWire.Blockers.class))
                        .dependencies())
                .stream()
                .map(b -> new TaskBlocker(Surface.text(b.name()), Surface.text(b.reason())))
                .toList();
    }
}
