package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class HttpTaskValue extends TaskValue implements HttpTask {
    static final List<String> METHODS = List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    @Override
    @Value.Default
    public String method() {
        return "POST";
    }

    @Override
    @Value.Default
    public boolean logsResponse() {
        return false;
    }

    @Override
    @Value.Default
    public boolean deferrable() {
        return false;
    }

    @Override
    public HttpTask.Builder toBuilder() {
        return ImmutableHttpTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.of(endpoint().stream(), body().stream(), data().values().stream(), headers().values().stream())
                .flatMap(s -> s);
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        endpoint().ifPresent(e -> set.add("endpoint"));
        if (!data().isEmpty() || body().isPresent()) {
            set.add("data");
        }
        if (!headers().isEmpty()) {
            set.add("headers");
        }
        Mappings.check(at, this, mapping, List.of("data", "endpoint", "headers"), set);
    }

    @Override
    void checkKind(Problems at) {
        checkGiven(at, "endpoint", endpoint());
        at.require(METHODS.contains(method()), "method", "must be one of " + String.join(", ", METHODS), method());
        connection().ifPresent(c -> Connections.check(at, "connection", c));
        at.require(
                body().isEmpty() || data().isEmpty(), "data", "must be empty where there is a body", data().keySet());
        body().ifPresent(b -> Texts.check(at, "body", b));
        checkTexts(at, "data", data());
        checkTexts(at, "headers", headers());
        responseCheck().ifPresent(c -> PythonRules.checkCode(at, "responseCheck", c));
        responseFilter().ifPresent(c -> PythonRules.checkCode(at, "responseFilter", c));
        TaskRules.positive(at, "timeout", timeout());
    }

    static void checkTexts(Problems at, String field, Map<String, Expression> texts) {
        texts.forEach((name, value) -> {
            Problems place = at.at(field + "[" + name + "]");
            Texts.check(place, "name", name);
            Texts.check(place, "value", value);
            Texts.checkName(place, name, value);
            // a password by another name
            place.require(
                    !field.equals("headers") || !(value instanceof Text) || !name.equalsIgnoreCase("authorization"),
                    "value",
                    "must not be set: what authorizes belongs to Airflow's connection",
                    "***");
        });
    }

    abstract static class Builder extends ValueBuilder<HttpTaskValue> implements HttpTask.Builder {}
}
