package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.admin.Applied;
import dev.fairlead.airflow.admin.Bulk;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.admin.Secrets;
import dev.fairlead.airflow.admin.Variable;
import dev.fairlead.airflow.admin.VariableSpec;
import dev.fairlead.airflow.admin.Variables;
import dev.fairlead.airflow.internal.wire.AdminWire;
import dev.fairlead.error.ConflictException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Variables on the server. */
public final class DefaultVariables implements Variables {
    private final Surface surface;
    private final Upkeep<Variable> upkeep;

    /** Creates the area. */
    public DefaultVariables(Surface surface) {
        this.surface = surface;
        this.upkeep = new Upkeep<>(surface, "variables", DefaultVariables::value);
    }

    @Override
    public PagedIterable<Variable> list() {
        return surface.paged(
                "variables/list",
                () -> surface.get("variables/list", upkeep.collection(), AdminWire.Variables.class)
                        .query("order_by", "key"),
                AdminWire.Variables::variables,
                AdminWire.Variables::totalEntries,
                DefaultVariables::value);
    }

    @Override
    public Variable get(String key) {
        return upkeep.get(key);
    }

    @Override
    public Optional<Variable> find(String key) {
        return upkeep.find(key).map(DefaultVariables::value);
    }

    @Override
    public Variable create(VariableSpec variable) {
        if (!surface.three() && upkeep.find(variable.key()).isPresent()) {
            throw new ConflictException(
                    surface.details(
                            "variables/create",
                            "POST",
                            upkeep.collection(),
                            0,
                            "the variable '" + variable.key() + "' exists"),
                    "change it with apply(…)");
        }
        return upkeep.create(variable.key(), body(variable));
    }

    @Override
    public Variable ensure(String key, String value) {
        return upkeep.ensure(key, body(VariableSpec.of(key, value)));
    }

    @Override
    public Applied<Variable> apply(VariableSpec variable, Secrets secrets) {
        return upkeep.apply(variable.key(), body(variable), body(variable), secrets);
    }

    @Override
    public boolean delete(String key) {
        return upkeep.delete(key);
    }

    @Override
    public BulkResult bulk(Consumer<Bulk<VariableSpec>> changes) {
        BulkCalls<VariableSpec> bulk = new BulkCalls<>(DefaultVariables::body, body -> {});
        changes.accept(bulk);
        return bulk.send(surface, "variables");
    }

    private static Map<String, Object> body(VariableSpec variable) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", variable.key());
        body.put("value", variable.value());
        variable.description().ifPresent(d -> body.put("description", d));
        return body;
    }

    private static Variable value(Map<String, Object> tree) {
        AdminWire.Variable wire = Surface.JSON.convert(tree, AdminWire.Variable.class, "a variable");
        return new Variable(
                Surface.required(wire.key(), "key"),
                wire.value(),
                Surface.text(wire.description()),
                !Boolean.FALSE.equals(wire.isEncrypted()));
    }
}
