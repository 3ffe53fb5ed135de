package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.ExternalTask;
import dev.fairlead.airflow.dag.SensorTask;
import dev.fairlead.airflow.dag.Until;
import java.util.List;
import java.util.Map;

/** Writes tasks that wait. */
final class SensorKind implements TaskKind<SensorTask> {
    @Override
    public String operator(SensorTask task) {
        Until until = task.until();
        if (until instanceof ExternalTask) {
            return "ExternalTaskSensor";
        } else if (until instanceof Until.File) {
            return "FileSensor";
        } else if (until instanceof Until.TimeDelta) {
            return "TimeDeltaSensor";
        } else if (until instanceof Until.DateTime) {
            return task.deferrable() ? "DateTimeSensorAsync" : "DateTimeSensor";
        } else if (until instanceof Until.Bash) {
            return "BashSensor";
        } else if (until instanceof Until.Python) {
            return "PythonSensor";
        } else if (until instanceof Until.Http) {
            return "HttpSensor";
        }
        return until instanceof Until.Sql ? "SqlSensor" : "SparkKubernetesSensor";
    }

    /** Airflow 2 waits for time in the triggerer by a class of its own. */
    @Override
    public String use(SensorTask task, PythonFile file) {
        boolean async = task.until() instanceof Until.TimeDelta
                && task.deferrable()
                && !file.dialect().atLeast(Dialect.V3_0);
        return file.use(async ? "TimeDeltaSensorAsync" : operator(task));
    }

    @Override
    public List<String> fileEndings(SensorTask task) {
        return task.until() instanceof Until.Sql ? List.of(".hql", ".sql") : List.of();
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("path", "filepath", "time", "target_time", "endpoint", "endpoint");
    }

    @Override
    public void write(SensorTask task, Arguments out) {
        UntilCode.write(task, out);
        out.seconds("poke_interval", task.pokeInterval());
        out.seconds("timeout", task.timeout());
        if (task.reschedules()) {
            out.plain("mode", "reschedule");
        }
        out.flag("soft_fail", task.softFail());
        out.flag("exponential_backoff", task.exponentialBackoff());
        out.duration("max_wait", task.maxWait());
        boolean byClass = task.until() instanceof Until.DateTime
                || (task.until() instanceof Until.TimeDelta
                        && !out.file().dialect().atLeast(Dialect.V3_0));
        out.flag("deferrable", task.deferrable() && !byClass);
    }
}
