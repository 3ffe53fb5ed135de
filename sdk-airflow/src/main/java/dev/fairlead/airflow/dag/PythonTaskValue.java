package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class PythonTaskValue extends TaskValue implements PythonTask {
    private static final String ENVIRONMENT = "environment";

    @Override
    public PythonTask.Builder toBuilder() {
        return ImmutablePythonTask.builder().from(this);
    }

    @Override
    Stream<Object> values() {
        return Stream.concat(arguments().values().stream(), env().values().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        for (String field : mapping.fieldNames()) {
            PythonRules.checkArgument(at.at("mapping[" + field + "]"), field);
        }
        Mappings.check(at, this, mapping, List.of(), arguments().keySet());
    }

    @Override
    void checkKind(Problems at) {
        PythonRules.checkCode(at, "code", code());
        checkPython(at);
        PythonRules.checkArguments(at, arguments());
        Texts.checkEnv(at.at("env"), env());
        at.require(
                env().isEmpty() || (!arguments().containsKey(ENVIRONMENT) && !maps(ENVIRONMENT)),
                "arguments",
                "must not be named " + ENVIRONMENT + " where there are variables: they are passed by this name",
                ENVIRONMENT);
    }

    private void checkPython(Problems at) {
        int i = 0;
        for (String requirement : requirements()) {
            String place = "requirements[" + i++ + "]";
            if (at.requireText(place, requirement)) {
                at.require(
                        requirement.matches("[A-Za-z0-9][^\\r\\n\\x00]*"),
                        place,
                        "must be a package for pip, such as pandas==2.3.3",
                        requirement);
                Texts.check(at, place, requirement);
            }
        }
        pythonVersion()
                .ifPresent(v -> at.require(v.matches("3(\\.\\d+)?"), "pythonVersion", "must be such as 3.11", v));
        at.require(
                interpreter().isEmpty()
                        || (requirements().isEmpty() && pythonVersion().isEmpty()),
                "interpreter",
                "must not be set together with requirements or pythonVersion: it has its packages already",
                interpreter().orElse(""));
        interpreter().ifPresent(path -> {
            at.require(path.startsWith("/"), "interpreter", "must be an absolute path on the worker", path);
            Texts.check(at, "interpreter", path);
        });
    }

    abstract static class Builder extends ValueBuilder<PythonTaskValue> implements PythonTask.Builder {}
}
