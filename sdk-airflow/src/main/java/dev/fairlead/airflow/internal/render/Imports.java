package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what a file imports, from a closed register: a name that is not in it cannot be imported. */
final class Imports {
    /** The modules of a name on 2.11, on 3.0, and from 3.1 on. */
    private record Modules(String two, String three, String later) {
        Modules(String two, String three) {
            this(two, three, three);
        }

        String of(Dialect dialect) {
            if (!dialect.atLeast(Dialect.V3_0)) {
                return two;
            }
            return dialect.atLeast(Dialect.V3_1) ? later : three;
        }
    }

    private static final String STANDARD = "airflow.providers.standard.operators.";
    private static final Map<String, Modules> REGISTER = Map.ofEntries(
            Map.entry("datetime", new Modules("datetime", "datetime")),
            Map.entry("timedelta", new Modules("datetime", "datetime")),
            Map.entry("timezone", new Modules("datetime", "datetime")),
            Map.entry("DAG", new Modules("airflow.models.dag", "airflow.sdk")),
            Map.entry(
                    "literal",
                    new Modules("airflow.utils.template", "airflow.sdk.definitions.template", "airflow.sdk")),
            Map.entry("CronTriggerTimetable", new Modules("airflow.timetables.trigger", "airflow.timetables.trigger")),
            Map.entry("DeltaTriggerTimetable", new Modules("airflow.timetables.trigger", "airflow.timetables.trigger")),
            Map.entry("BashOperator", new Modules("airflow.operators.bash", STANDARD + "bash")),
            Map.entry("PythonOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("EmptyOperator", new Modules("airflow.operators.empty", STANDARD + "empty")),
            Map.entry(
                    "KubernetesPodOperator",
                    new Modules(
                            "airflow.providers.cncf.kubernetes.operators.pod",
                            "airflow.providers.cncf.kubernetes.operators.pod")));

    private final Dialect dialect;
    private final Map<String, TreeSet<String>> byModule = new TreeMap<>();

    Imports(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Imports a name of the register and returns it. */
    String use(String name) {
        Modules modules = REGISTER.get(name);
        if (modules == null) {
            throw new IllegalArgumentException("no module is registered for " + name);
        }
        String module = modules.of(dialect);
        byModule.computeIfAbsent(module, m -> new TreeSet<>()).add(name);
        return name;
    }

    /** Writes the block: the standard library first, then Airflow. */
    String block() {
        StringBuilder out = new StringBuilder();
        TreeSet<String> standard = byModule.get("datetime");
        if (standard != null) {
            out.append("from datetime import ")
                    .append(String.join(", ", standard))
                    .append("\n\n");
        }
        byModule.forEach((module, names) -> {
            if (!module.equals("datetime")) {
                out.append("from ")
                        .append(module)
                        .append(" import ")
                        .append(String.join(", ", names))
                        .append('\n');
            }
        });
        return out.toString();
    }
}
