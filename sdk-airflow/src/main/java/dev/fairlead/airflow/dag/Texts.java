package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.dag.JsonRules;
import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.airflow.internal.render.SecretLooks;
import dev.fairlead.spi.Problems;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks texts that will stand in a Python file. */
final class Texts {
    private static final String NO_SECRET =
            "must not be a secret, which would stand in the DAG's file: give a pod putSecretEnv(…), or let the "
                    + "task read an Airflow connection or variable";

    private Texts() {}

    static String source(Expression expression) {
        if (expression instanceof Text text) {
            return text.value();
        }
        return expression instanceof Template template ? template.source() : ((TaskOutput<?>) expression).taskId();
    }

    /** Returns what stands at the leaves of a value. */
    static Stream<? extends @Nullable Object> leaves(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(Texts::leaves);
        }
        return value instanceof Map<?, ?> map ? map.values().stream().flatMap(Texts::leaves) : Stream.of(value);
    }

    /** Checks a text wherever it stands: it can be written, and is no secret. */
    static void check(Problems at, String field, @Nullable String text) {
        if (at.requireSet(field, text) && text != null) {
            at.require(
                    Python.isEncodable(text),
                    field,
                    Python.NOT_ENCODABLE,
                    "a text of " + text.length() + " characters");
            at.require(!SecretLooks.like(text), field, NO_SECRET, SecretLooks.HIDDEN);
        }
    }

    static void check(Problems at, String field, @Nullable Expression expression) {
        if (at.requireSet(field, expression) && expression != null) {
            check(at, field, source(expression));
        }
    }

    static void checkEnv(Problems at, Map<String, Expression> env) {
        env.forEach((name, value) -> {
            Problems place = at.at("[" + name + "]");
            place.require(
                    !name.isBlank() && name.indexOf('=') < 0 && name.indexOf('\0') < 0 && Python.isEncodable(name),
                    "name",
                    "must be a variable's name, without '='",
                    name);
            check(place, "value", value);
            if (value instanceof Text text) {
                place.require(
                        text.value().indexOf('\0') < 0, "value", "must not hold a NUL, which no variable can", "a NUL");
            }
            checkName(place, name, value);
        });
    }

    /** A secret in a DAG's file can be read by everyone who may see the DAG. */
    static void checkName(Problems at, String name, @Nullable Object value) {
        String text = value instanceof Text t ? t.value() : value instanceof String s ? s : "";
        if (SecretLooks.named(name, text)) {
            at.add(NO_SECRET, SecretLooks.HIDDEN);
        }
    }

    /** Checks a value that is rendered as a Python literal. */
    static void checkJson(Problems at, @Nullable Object value) {
        JsonRules.check(at, value, new JsonRules.Visitor() {
            @Override
            public boolean takes(Problems place, @Nullable Object part) {
                if (part instanceof Expression expression) {
                    check(place, "text", expression);
                    return true;
                }
                if (part instanceof String text) {
                    check(place, "text", text);
                    return true;
                }
                return false;
            }

            @Override
            public void entry(Problems place, String key, @Nullable Object part) {
                checkName(place, key, part);
            }
        });
    }
}
