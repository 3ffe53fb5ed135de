package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.AssetAlias;
import dev.fairlead.airflow.dag.AssetCondition;
import dev.fairlead.airflow.dag.AssetOutlet;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Writes schedules and the assets that they and tasks name. */
final class ScheduleCode {
    private final PythonFile file;

    ScheduleCode(PythonFile file) {
        this.file = file;
    }

    Code of(Schedule schedule) {
        if (schedule instanceof Schedule.Cron cron) {
            return cron("CronTriggerTimetable", cron.expression(), cron.zone());
        }
        if (schedule instanceof Schedule.Intervals cron) {
            return cron("CronDataIntervalTimetable", cron.expression(), cron.zone());
        }
        if (schedule instanceof Schedule.CronPartitions cron) {
            return cron("CronPartitionTimetable", cron.expression(), cron.zone());
        }
        if (schedule instanceof Schedule.Every every) {
            Code interval = Times.duration(every.interval(), file.imports());
            return new Code.Call(file.use("DeltaTriggerTimetable"), List.of(new Code.Argument("", interval)));
        }
        if (schedule instanceof Schedule.Assets assets) {
            // Airflow 2 takes a single dataset in a list alone
            Code condition = condition(assets.condition());
            return isSingle(assets.condition()) ? new Code.Items(List.of(condition)) : condition;
        }
        if (schedule instanceof Schedule.AssetsOrTime either) {
            return new Code.Call(
                    file.use(isThree() ? "AssetOrTimeSchedule" : "DatasetOrTimeSchedule"),
                    List.of(
                            new Code.Argument(isThree() ? "assets" : "datasets", condition(either.condition())),
                            new Code.Argument("timetable", of(either.times()))));
        }
        if (schedule instanceof Schedule.Partitions partitions) {
            return new Code.Call(
                    file.use("PartitionedAssetTimetable"),
                    List.of(new Code.Argument("assets", condition(partitions.condition()))));
        }
        if (schedule instanceof Schedule.Once) {
            return new Code.Str("@once");
        }
        return schedule instanceof Schedule.Continuous ? new Code.Str("@continuous") : Jinja.plain(null);
    }

    Code outlets(List<AssetOutlet> outlets) {
        return new Code.Items(
                outlets.stream().map(o -> condition((AssetCondition) o)).toList());
    }

    private static boolean isSingle(AssetCondition condition) {
        return condition instanceof Asset || condition instanceof AssetAlias;
    }

    private boolean isThree() {
        return file.dialect().atLeast(Dialect.V3_0);
    }

    private Code cron(String timetable, String expression, ZoneId zone) {
        return new Code.Call(
                file.use(timetable),
                List.of(
                        new Code.Argument("", new Code.Str(expression.strip())),
                        new Code.Argument("timezone", new Code.Str(Times.zone(zone)))));
    }

    private Code condition(AssetCondition condition) {
        String kind = isThree() ? "Asset" : "Dataset";
        if (condition instanceof Asset asset) {
            return asset(asset);
        }
        if (condition instanceof AssetAlias alias) {
            return new Code.Call(
                    file.use(kind + "Alias"), List.of(new Code.Argument("name", new Code.Str(alias.name()))));
        }
        boolean all = condition instanceof AssetCondition.All;
        List<AssetCondition> parts =
                all ? ((AssetCondition.All) condition).parts() : ((AssetCondition.Any) condition).parts();
        List<Code.Argument> arguments =
                parts.stream().map(p -> new Code.Argument("", condition(p))).toList();
        return new Code.Call(file.use(kind + (all ? "All" : "Any")), arguments);
    }

    private Code asset(Asset asset) {
        List<Code.Argument> arguments = new ArrayList<>();
        if (isThree() && !asset.name().equals(asset.uri())) {
            arguments.add(new Code.Argument("name", new Code.Str(asset.name())));
        }
        arguments.add(new Code.Argument("uri", new Code.Str(asset.uri())));
        if (isThree() && !asset.group().isEmpty()) {
            arguments.add(new Code.Argument("group", new Code.Str(asset.group())));
        }
        if (!asset.extra().isEmpty()) {
            arguments.add(new Code.Argument("extra", Jinja.plain(asset.extra())));
        }
        return new Code.Call(file.use(isThree() ? "Asset" : "Dataset"), arguments);
    }
}
