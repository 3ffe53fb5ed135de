package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.JsonForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is a parameter of a DAG with what it may be. Airflow shows it in the form that starts a run, and refuses other values.
 *
 * @param defaultValue its value where a run sets none; empty means null, or that each run must set it
 * @param required whether each run must set it
 * @param description what the form says about it; empty for nothing
 * @param schema what it may be, as JSON Schema
 * @see <a href="https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/params.html">Params</a>
 */
public record Param(Optional<Object> defaultValue, boolean required, String description, Map<String, Object> schema) {
    /** Copies the schema. */
    public Param {
        schema = Map.copyOf(schema);
    }

    /** Makes a parameter with a default value and of its type. */
    public static Param of(Object defaultValue) {
        Object value = JsonForm.of(defaultValue);
        return new Param(Optional.ofNullable(value), false, "", Params.typeOf(defaultValue));
    }

    /** Makes a parameter that each run must set, of a JSON type: string, integer, number, boolean, array or object. */
    public static Param required(String type) {
        return new Param(Optional.empty(), true, "", Map.of("type", type));
    }

    /** Returns a copy that is described in the form. */
    public Param description(String text) {
        return new Param(defaultValue, required, text, schema);
    }

    /** Returns a copy with this title in the form. */
    public Param title(String text) {
        return schema("title", text);
    }

    /** Returns a copy that is at least this. */
    public Param minimum(Number minimum) {
        return schema("minimum", minimum);
    }

    /** Returns a copy that is at most this. */
    public Param maximum(Number maximum) {
        return schema("maximum", maximum);
    }

    /** Returns a copy that is at most this long. */
    public Param maxLength(int characters) {
        return schema("maxLength", characters);
    }

    /** Returns a copy in which this regular expression is found. */
    public Param pattern(String regex) {
        return schema("pattern", regex);
    }

    /** Returns a copy that is one of these. */
    public Param oneOf(Object... values) {
        return schema("enum", List.of(values));
    }

    /** Returns a copy with another word of JSON Schema. */
    public Param schema(String word, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(schema);
        more.put(word, value);
        return new Param(defaultValue, required, description, more);
    }
}
