package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.OperatorTask;
import java.util.List;
import java.util.TreeMap;

/** Writes operators that have no kind of their own. */
final class OperatorKind implements TaskKind<OperatorTask> {
    @Override
    public String operator(OperatorTask task) {
        return task.operator().className();
    }

    @Override
    public String use(OperatorTask task, PythonFile file) {
        return file.use(task.operator());
    }

    @Override
    public List<String> fileEndings(OperatorTask task) {
        return task.operator().templateExt();
    }

    @Override
    public void write(OperatorTask task, Arguments out) {
        new TreeMap<>(task.arguments())
                .forEach((name, value) -> out.put(
                        name,
                        task.operator().templateFields().contains(name)
                                ? out.jinja().nativeValue(value)
                                : Jinja.plain(value)));
    }
}
