package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.JsonForm;
import dev.fairlead.airflow.internal.dag.JsonSchemas;
import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.spi.Problems;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the parameters of a DAG may be, from Java's types. */
final class Params {
    private static final Set<Class<?>> WHOLE = Set.of(
            int.class,
            long.class,
            short.class,
            byte.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            BigInteger.class);
    private static final Set<Class<?>> FRACTIONS =
            Set.of(double.class, float.class, Double.class, Float.class, BigDecimal.class);

    private Params() {}

    /** Makes a parameter of each component of a record. */
    static Map<String, Param> of(Record defaults) {
        Map<String, Param> params = new LinkedHashMap<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            Object given = JsonForm.read(component, defaults);
            Map<String, Object> schema = schema(component.getGenericType());
            params.put(
                    component.getName(), new Param(Optional.ofNullable(JsonForm.of(given)), given == null, "", schema));
        }
        return params;
    }

    static Map<String, Object> typeOf(Object value) {
        return value instanceof Collection<?> ? Map.of("type", "array") : schema(value.getClass());
    }

    private static Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (raw == Optional.class) {
                Map<String, Object> inner = new LinkedHashMap<>(schema(last));
                inner.computeIfPresent("type", (k, t) -> List.of(t, "null"));
                return inner;
            }
            return Collection.class.isAssignableFrom(raw)
                    ? Map.of("type", "array", "items", schema(last))
                    : Map.of("type", "object");
        }
        return type instanceof Class<?> plain ? schema(plain) : Map.of();
    }

    private static Map<String, Object> schema(Class<?> type) {
        if (WHOLE.contains(type)) {
            return Map.of("type", "integer");
        }
        if (FRACTIONS.contains(type)) {
            return Map.of("type", "number");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(JsonForm::of).toList());
        }
        if (type.isRecord()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                properties.put(component.getName(), schema(component.getGenericType()));
            }
            return Map.of("type", "object", "properties", properties);
        }
        if (type == LocalDate.class) {
            return Map.of("type", "string", "format", "date");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (Collection.class.isAssignableFrom(type)) {
            return Map.of("type", "array");
        }
        return Map.class.isAssignableFrom(type) ? Map.of("type", "object") : Map.of("type", "string");
    }

    static void checkAll(Dag dag, Problems at) {
        dag.params().forEach((name, value) -> {
            Problems place = at.at("params[" + name + "]");
            place.require(!name.isBlank() && Python.isEncodable(name), "name", "must not be blank", name);
            place.require(
                    !(value instanceof Expression),
                    "value",
                    "must be a plain value: Airflow evaluates no template there",
                    value);
            if (value instanceof Param param) {
                check(dag, name, param, place);
            } else {
                Texts.checkJson(place, value);
                Texts.checkName(place, name, value);
            }
        });
    }

    private static void check(Dag dag, String name, Param param, Problems at) {
        Texts.check(at, "description", param.description());
        Texts.checkJson(at.at("schema"), param.schema());
        JsonSchemas.checkSchema(at.at("schema"), param.schema());
        if (!param.required()) {
            Object value = param.defaultValue().orElse(null);
            Texts.checkJson(at, value);
            Texts.checkName(at, name, value);
            JsonSchemas.check(at, param.schema(), value);
        } else {
            at.require(
                    dag.schedule() instanceof Schedule.Manual,
                    "defaultValue",
                    "must be set in a DAG with a schedule, whose runs set none",
                    null);
        }
    }

    /** Checks the configuration of a run. */
    static void check(Map<String, Object> params, Map<String, ?> conf, Problems at) {
        params.forEach((name, value) -> {
            if (value instanceof Param param) {
                if (conf.containsKey(name)) {
                    JsonSchemas.check(at.at("conf[" + name + "]"), param.schema(), JsonForm.of(conf.get(name)));
                } else {
                    at.require(!param.required(), "conf[" + name + "]", "must be set: it has no default", null);
                }
            }
        });
    }
}
