package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.ResourceAction;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.spi.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes objects of the cluster: as JSON, which is YAML too. */
final class ResourceKind implements TaskKind<ResourceTask> {
    @Override
    public String operator(ResourceTask task) {
        return task.action() == ResourceAction.CREATE
                ? "KubernetesCreateResourceOperator"
                : "KubernetesDeleteResourceOperator";
    }

    @Override
    public void write(ResourceTask task, Arguments out) {
        out.plain("kubernetes_conn_id", task.connection());
        out.plain("namespace", task.namespace());
        out.put("yaml_conf", new Code.Str(json(task.object(), "", out)));
        out.flag("custom_resource_definition", ResourceKinds.isCustom(version(task)));
        if (task.clusterWide()) {
            out.plain("namespaced", false);
        }
    }

    private static String version(ResourceTask task) {
        Object version = task.object().get("apiVersion");
        return version instanceof Text text ? text.value() : String.valueOf(version);
    }

    /** Writes JSON in which Airflow evaluates the expressions and nothing else. */
    private static String json(@Nullable Object value, String indent, Arguments out) {
        String inner = indent + "  ";
        List<String> parts = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            Code.sorted(map.keySet()).forEach(key -> parts.add(text(key) + ": " + json(map.get(key), inner, out)));
            return block("{", parts, "}", indent);
        }
        if (value instanceof List<?> list) {
            list.forEach(element -> parts.add(json(element, inner, out)));
            return block("[", parts, "]", indent);
        }
        if (value instanceof TaskOutput<?> output) {
            return "{{ " + out.jinja().pull(output) + " | tojson }}";
        }
        if (value instanceof Template template) {
            return "{% filter tojson %}" + template.source() + "{% endfilter %}";
        }
        return value instanceof Expression text
                ? text(((Text) text).value())
                : value instanceof String plain
                        ? text(plain)
                        : JsonCodec.camelCase().text(value);
    }

    private static String block(String open, List<String> parts, String close, String indent) {
        return parts.isEmpty()
                ? open + close
                : open + "\n" + indent + "  " + String.join(",\n" + indent + "  ", parts) + "\n" + indent + close;
    }

    /** Without braces, so that Jinja finds nothing in it. */
    private static String text(String text) {
        return JsonCodec.camelCase().text(text).replace("{", "\\u007b").replace("}", "\\u007d");
    }
}
