package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Operator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what a file imports, from a closed register: a name that is not in it cannot be imported. */
final class Imports {
    /** The modules of a name on 2.11, on 3.0, on 3.1, and from 3.2 on. */
    private record Modules(String two, String three, String threeOne, String later) {
        Modules(String two, String three) {
            this(two, three, three, three);
        }

        Modules(String two, String three, String later) {
            this(two, three, later, later);
        }

        String of(Dialect dialect) {
            if (!dialect.atLeast(Dialect.V3_0)) {
                return two;
            }
            if (!dialect.atLeast(Dialect.V3_1)) {
                return three;
            }
            return dialect.atLeast(Dialect.V3_2) ? later : threeOne;
        }
    }

    private static final String STANDARD = "airflow.providers.standard.operators.";
    private static final String SENSORS = "airflow.providers.standard.sensors.";
    private static final String TIMETABLES = "airflow.timetables.";
    private static final String DEADLINE = "airflow.sdk.definitions.deadline";
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
            Map.entry("Asset", new Modules("", "airflow.sdk")),
            Map.entry("AssetAlias", new Modules("", "airflow.sdk")),
            Map.entry("AssetAll", new Modules("", "airflow.sdk")),
            Map.entry("AssetAny", new Modules("", "airflow.sdk")),
            Map.entry("AssetOrTimeSchedule", new Modules("", TIMETABLES + "assets")),
            Map.entry("Dataset", new Modules("airflow.datasets", "")),
            Map.entry("DatasetAlias", new Modules("airflow.datasets", "")),
            Map.entry("DatasetAll", new Modules("airflow.datasets", "")),
            Map.entry("DatasetAny", new Modules("airflow.datasets", "")),
            Map.entry("DatasetOrTimeSchedule", new Modules(TIMETABLES + "datasets", "")),
            Map.entry("CronDataIntervalTimetable", new Modules(TIMETABLES + "interval", TIMETABLES + "interval")),
            Map.entry("CronPartitionTimetable", new Modules("", "", "airflow.sdk")),
            Map.entry("PartitionedAssetTimetable", new Modules("", "", "airflow.sdk")),
            Map.entry("Param", new Modules("airflow.models.param", "airflow.sdk")),
            Map.entry("DeadlineAlert", new Modules("", "", DEADLINE, "airflow.sdk")),
            Map.entry("DeadlineReference", new Modules("", "", DEADLINE, "airflow.sdk")),
            Map.entry("AsyncCallback", new Modules("", "", DEADLINE, "airflow.sdk")),
            Map.entry("ExceptionRetryPolicy", new Modules("", "", "airflow.sdk")),
            Map.entry("RetryRule", new Modules("", "", "airflow.sdk")),
            Map.entry("RetryAction", new Modules("", "", "airflow.sdk")),
            Map.entry("SmtpNotifier", everywhere("airflow.providers.smtp.notifications.smtp")),
            Map.entry("SlackNotifier", everywhere("airflow.providers.slack.notifications.slack")),
            Map.entry("TaskGroup", new Modules("airflow.utils.task_group", "airflow.sdk")),
            Map.entry("Label", new Modules("airflow.utils.edgemodifier", "airflow.sdk")),
            Map.entry("task", new Modules("airflow.decorators", "airflow.sdk")),
            Map.entry("PythonVirtualenvOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("ExternalPythonOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("BashOperator", new Modules("airflow.operators.bash", STANDARD + "bash")),
            Map.entry("PythonOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("EmptyOperator", new Modules("airflow.operators.empty", STANDARD + "empty")),
            Map.entry("BranchPythonOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("ShortCircuitOperator", new Modules("airflow.operators.python", STANDARD + "python")),
            Map.entry("LatestOnlyOperator", new Modules("airflow.operators.latest_only", STANDARD + "latest_only")),
            Map.entry(
                    "TriggerDagRunOperator",
                    new Modules("airflow.operators.trigger_dagrun", STANDARD + "trigger_dagrun")),
            Map.entry("ExternalTaskSensor", new Modules("airflow.sensors.external_task", SENSORS + "external_task")),
            Map.entry("FileSensor", new Modules("airflow.sensors.filesystem", SENSORS + "filesystem")),
            Map.entry("TimeDeltaSensor", new Modules("airflow.sensors.time_delta", SENSORS + "time_delta")),
            Map.entry("TimeDeltaSensorAsync", new Modules("airflow.sensors.time_delta", SENSORS + "time_delta")),
            Map.entry("DateTimeSensor", new Modules("airflow.sensors.date_time", SENSORS + "date_time")),
            Map.entry("DateTimeSensorAsync", new Modules("airflow.sensors.date_time", SENSORS + "date_time")),
            Map.entry("BashSensor", new Modules("airflow.sensors.bash", SENSORS + "bash")),
            Map.entry("PythonSensor", new Modules("airflow.sensors.python", SENSORS + "python")),
            Map.entry("HITLOperator", provider("standard.operators.hitl")),
            Map.entry("ApprovalOperator", provider("standard.operators.hitl")),
            Map.entry("HITLBranchOperator", provider("standard.operators.hitl")),
            Map.entry("HITLEntryOperator", provider("standard.operators.hitl")),
            Map.entry("HttpOperator", provider("http.operators.http")),
            Map.entry("HttpSensor", provider("http.sensors.http")),
            Map.entry("SQLExecuteQueryOperator", provider("common.sql.operators.sql")),
            Map.entry("SqlSensor", provider("common.sql.sensors.sql")),
            Map.entry("PapermillOperator", provider("papermill.operators.papermill")),
            Map.entry("SparkKubernetesOperator", provider("cncf.kubernetes.operators.spark_kubernetes")),
            Map.entry("SparkKubernetesSensor", provider("cncf.kubernetes.sensors.spark_kubernetes")),
            Map.entry("KubernetesJobOperator", provider("cncf.kubernetes.operators.job")),
            Map.entry("KubernetesStartKueueJobOperator", provider("cncf.kubernetes.operators.kueue")),
            Map.entry("KubernetesCreateResourceOperator", provider("cncf.kubernetes.operators.resource")),
            Map.entry("KubernetesDeleteResourceOperator", provider("cncf.kubernetes.operators.resource")),
            Map.entry("KubernetesPodOperator", provider("cncf.kubernetes.operators.pod")));

    private final Dialect dialect;
    private final Map<String, TreeSet<String>> byModule = new TreeMap<>();

    Imports(Dialect dialect) {
        this.dialect = dialect;
    }

    private static Modules everywhere(String module) {
        return new Modules(module, module);
    }

    /** A provider has the same modules for each Airflow. */
    private static Modules provider(String module) {
        return everywhere("airflow.providers." + module);
    }

    /** Imports a class that the caller's program named, under a name that nothing else has. */
    void useForeign(Operator operator, String name) {
        byModule.computeIfAbsent(operator.module(), m -> new TreeSet<>())
                .add(operator.className().equals(name) ? name : operator.className() + " as " + name);
    }

    /** Returns all names of the register. */
    static Set<String> names() {
        return REGISTER.keySet();
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
                out.append(line(module, names));
            }
        });
        return out.toString();
    }

    private static String line(String module, Set<String> names) {
        String line = "from " + module + " import " + String.join(", ", names);
        return line.length() <= Code.WIDTH
                ? line + "\n"
                : "from " + module + " import (\n    " + String.join(",\n    ", names) + ",\n)\n";
    }
}
