package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.HttpTask;
import java.util.List;
import java.util.Map;

/** Writes calls of web services. */
final class HttpKind implements TaskKind<HttpTask> {
    static final List<String> RESPONSE = List.of("response", "**context");

    @Override
    public String operator(HttpTask task) {
        return "HttpOperator";
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("endpoint", "endpoint", "data", "data", "headers", "headers");
    }

    @Override
    public void write(HttpTask task, Arguments out) {
        out.plain("http_conn_id", task.connection());
        out.plain("method", task.method());
        task.endpoint().ifPresent(e -> out.put("endpoint", out.jinja().code(e)));
        task.body().ifPresent(b -> out.put("data", out.jinja().code(b)));
        out.texts("data", task.data());
        out.texts("headers", task.headers());
        task.responseCheck()
                .ifPresent(c -> out.put("response_check", new Code.Raw(Functions.of(out, "check_", RESPONSE, c))));
        task.responseFilter()
                .ifPresent(c -> out.put("response_filter", new Code.Raw(Functions.of(out, "filter_", RESPONSE, c))));
        task.timeout().ifPresent(t -> out.plain("extra_options", Map.of("timeout", Times.wholeSeconds(t))));
        out.flag("log_response", task.logsResponse());
        out.flag("deferrable", task.deferrable());
    }
}
