package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.SqlTask;
import java.util.List;
import java.util.Map;

/** Writes SQL. */
final class SqlKind implements TaskKind<SqlTask> {
    @Override
    public String operator(SqlTask task) {
        return "SQLExecuteQueryOperator";
    }

    @Override
    public List<String> fileEndings(SqlTask task) {
        return List.of(".sql", ".json");
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("sql", "sql", "parameters", "parameters");
    }

    @Override
    public void write(SqlTask task, Arguments out) {
        out.put("conn_id", out.jinja().text(task.connection()));
        if (task.statements().size() == 1) {
            out.put("sql", out.jinja().code(task.statements().get(0)));
        } else if (!task.statements().isEmpty()) {
            out.put("sql", out.jinja().value(task.statements()));
        }
        if (!task.parameters().isEmpty()) {
            out.put("parameters", out.jinja().nativeValue(task.parameters()));
        }
        out.flag("autocommit", task.autocommit());
        out.flag("split_statements", task.splits());
        if (!task.returnsRows()) {
            out.plain("do_xcom_push", false);
        }
    }
}
