package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class SqlTaskValue extends TaskValue implements SqlTask {
    @Override
    @Value.Default
    public boolean autocommit() {
        return false;
    }

    @Override
    @Value.Default
    public boolean splits() {
        return false;
    }

    @Override
    @Value.Default
    public boolean returnsRows() {
        return true;
    }

    @Override
    public SqlTask.Builder toBuilder() {
        return ImmutableSqlTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.concat(statements().stream(), parameters().values().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        if (!statements().isEmpty()) {
            set.add("sql");
        }
        if (!parameters().isEmpty()) {
            set.add("parameters");
        }
        Mappings.check(at, this, mapping, List.of("parameters", "sql"), set);
    }

    @Override
    void checkKind(Problems at) {
        Connections.check(at, "connection", connection());
        at.require(maps("sql") || !statements().isEmpty(), "statements", "must hold a statement: say sql(…)", null);
        int i = 0;
        for (Expression statement : statements()) {
            String place = "statements[" + i++ + "]";
            Texts.check(at, place, statement);
            at.require(!Texts.source(statement).isBlank(), place, "must not be blank", Texts.source(statement));
        }
        parameters().forEach((name, value) -> {
            Problems place = at.at("parameters[" + name + "]");
            Texts.checkJson(place, value);
            Texts.checkName(place, name, value);
        });
    }

    abstract static class Builder extends ValueBuilder<SqlTaskValue> implements SqlTask.Builder {}
}
