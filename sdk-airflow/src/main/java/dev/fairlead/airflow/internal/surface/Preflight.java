package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.Dags;
import dev.fairlead.airflow.PreflightFinding;
import dev.fairlead.airflow.PreflightFinding.Severity;
import dev.fairlead.airflow.PreflightReport;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.admin.Pool;
import dev.fairlead.airflow.admin.Provider;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.PermissionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds a DAG against a server before it is delivered. Nothing is written. */
public final class Preflight {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*(?:from|import) (airflow\\.providers\\.[a-z0-9_.]+)");
    private static final String PACKAGE = "apache-airflow-providers-";
    /** Executors that know no queues. */
    private static final Set<String> ONE_QUEUE = Set.of("LocalExecutor", "SequentialExecutor");

    private final DefaultPools pools;
    private final DefaultConnections connections;
    private final DefaultMonitoring monitoring;
    private final Dags dags;
    private final ServerInfo server;
    private final Dag dag;
    private final List<PreflightFinding> findings = new ArrayList<>();

    private Preflight(Surface surface, Dags dags, Dag dag) {
        this.pools = new DefaultPools(surface);
        this.connections = new DefaultConnections(surface);
        this.monitoring = new DefaultMonitoring(surface);
        this.dags = dags;
        this.server = surface.server();
        this.dag = dag;
    }

    /** Returns what the server lacks, or has against the DAG. */
    public static PreflightReport check(Surface surface, Dags dags, Dag dag) {
        Preflight preflight = new Preflight(surface, dags, dag);
        preflight.run();
        return new PreflightReport(dag.id(), preflight.server, preflight.findings);
    }

    private void run() {
        Optional<RenderedDag> rendered = rendered();
        seen("providers", () -> rendered.ifPresent(r -> providers(r.source())));
        seen("pools", this::pools);
        seen("connections", this::connections);
        queues();
        seen("the DAG of this id", this::present);
        seen("import errors", this::importErrors);
    }

    private void add(Severity severity, String place, String rule, String value, String remedy) {
        findings.add(new PreflightFinding(severity, place, rule, value, remedy));
    }

    /** What may not be looked at is told, not taken for fine. */
    private void seen(String what, Runnable look) {
        try {
            look.run();
        } catch (PermissionException e) {
            add(
                    Severity.WARNING,
                    "server",
                    "could not be checked for " + what + ": the user may not see them",
                    "",
                    "use a user who may");
        }
    }

    private Optional<RenderedDag> rendered() {
        try {
            return Optional.of(dag.render(server.dialect()));
        } catch (InvalidValueException e) {
            e.problems()
                    .forEach(p -> add(
                            Severity.ERROR,
                            p.place(),
                            p.rule(),
                            p.value(),
                            "this server is Airflow " + server.version() + "; change the DAG, or upgrade it"));
            return Optional.empty();
        }
    }

    private void providers(String source) {
        List<String> there = monitoring.providers().stream()
                .map(Provider::packageName)
                .filter(name -> name.startsWith(PACKAGE))
                .map(name ->
                        "airflow.providers." + name.substring(PACKAGE.length()).replace('-', '.'))
                .toList();
        Set<String> missing = new TreeSet<>();
        Matcher imports = IMPORT.matcher(source);
        while (imports.find()) {
            String module = imports.group(1) + ".";
            if (there.stream().noneMatch(name -> module.startsWith(name + "."))) {
                missing.add(imports.group(1));
            }
        }
        missing.forEach(module -> add(
                Severity.ERROR,
                "providers",
                "must have the module that the DAG imports",
                module,
                "install the provider " + PACKAGE + guess(module) + " on the server and its workers"));
    }

    /** The name of a module's provider: it ends where the kinds of things that providers have begin. */
    private static String guess(String module) {
        String path = module.substring("airflow.providers.".length());
        return path.replaceAll("\\.(operators|sensors|hooks|triggers|notifications|secret|decorators|timetables).*", "")
                .replace('.', '-')
                .replace('_', '-');
    }

    /** All tasks by their ids, those in groups too. */
    private Map<String, Task> tasks() {
        Map<String, Task> tasks = new LinkedHashMap<>();
        dag.taskIds().forEach(id -> dag.task(id).ifPresent(task -> tasks.put(id, task)));
        return tasks;
    }

    private void pools() {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        tasks().forEach((id, task) -> task.pool()
                .ifPresent(p ->
                        wanted.computeIfAbsent(p, name -> new ArrayList<>()).add(id)));
        wanted.forEach((name, tasks) -> {
            Optional<Pool> pool = pools.find(name);
            if (pool.isEmpty()) {
                add(
                        Severity.ERROR,
                        place(tasks, "pool"),
                        "must name a pool of the server",
                        name,
                        "make it with pools().apply(\"" + name + "\", …), or the tasks wait for ever");
            } else if (pool.get().slots() == 0) {
                add(
                        Severity.WARNING,
                        place(tasks, "pool"),
                        "names a pool without slots",
                        name,
                        "give it some with pools().apply(\"" + name + "\", …)");
            }
        });
    }

    private void connections() {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        tasks().forEach((id, task) -> TaskNeeds.of(task)
                .connections()
                .forEach(c ->
                        wanted.computeIfAbsent(c, name -> new ArrayList<>()).add(id)));
        wanted.forEach((id, tasks) -> {
            if (connections.find(id).isEmpty()) {
                add(
                        Severity.WARNING,
                        place(tasks, "connection"),
                        "names a connection that is not in the server's database",
                        id,
                        "make it with connections().apply(…), unless it comes from the server's environment or a store of "
                                + "secrets");
            }
        });
    }

    private static String place(List<String> tasks, String field) {
        return tasks.stream().map(id -> "tasks[" + id + "]").collect(Collectors.joining(", ")) + "." + field;
    }

    private void queues() {
        List<String> tasks = tasks().entrySet().stream()
                .filter(t -> t.getValue().queue().isPresent())
                .map(Map.Entry::getKey)
                .toList();
        if (tasks.isEmpty()) {
            return;
        }
        try {
            Optional<String> executor = monitoring.config("core", "executor");
            executor.filter(ONE_QUEUE::contains)
                    .ifPresent(name -> add(
                            Severity.WARNING,
                            place(tasks, "queue"),
                            "is ignored by the executor of this server",
                            name,
                            "leave the queue out, or use an executor that has queues"));
        } catch (PermissionException e) {
            add(
                    Severity.WARNING,
                    place(tasks, "queue"),
                    "cannot be checked, since the server does not show its settings",
                    "",
                    "see that a worker serves the queue");
        }
    }

    private void present() {
        Optional<DagInfo> now = dags.find(dag.id());
        if (now.isEmpty() || now.get().stale()) {
            return;
        }
        String file = now.get().file().orElse("");
        Optional<Header> header = dags.source(dag.id()).flatMap(Header::read);
        if (header.isEmpty()) {
            add(
                    Severity.ERROR,
                    "id",
                    "must not be that of a DAG which another file brings",
                    file,
                    "choose another id, or remove that file");
        } else if (!header.get().untouched()) {
            add(
                    Severity.ERROR,
                    "id",
                    "must not be that of a file which was changed by hand",
                    file,
                    "take the change into the program, and restore the file");
        }
    }

    private void importErrors() {
        String name = RenderedDag.fileName(dag.id());
        dags.importProblems().stream()
                .filter(p -> p.file().equals(name) || p.file().endsWith("/" + name))
                .findFirst()
                .ifPresent(p -> add(
                        Severity.WARNING,
                        "file",
                        "is there and cannot be imported: " + p.reason(),
                        name,
                        "this delivery replaces it"));
    }
}
