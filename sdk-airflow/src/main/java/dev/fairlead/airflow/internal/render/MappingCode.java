package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.TaskOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes over what a task is mapped. */
final class MappingCode {
    private final Arguments out;
    private final Map<String, String> names;

    /** Creates the writer; the names are Airflow's of the fields, by ours. */
    MappingCode(Arguments out, Map<String, String> names) {
        this.out = out;
        this.names = names;
    }

    /** Tells whether another task decides at run time which fields are set. */
    static boolean hasUnknownFields(Mapping mapping) {
        return mapping instanceof Mapping.Rows rows && rows.rows() instanceof TaskOutput<?>;
    }

    Code write(Code on, Mapping mapping) {
        if (mapping instanceof Mapping.Product product) {
            List<Code.Argument> arguments = new ArrayList<>();
            new TreeMap<>(product.fields())
                    .forEach((field, values) -> arguments.add(
                            new Code.Argument(name(field), out.jinja().nativeValue(values))));
            return new Code.Method(on, "expand", arguments);
        }
        Code rows = mapping instanceof Mapping.Zip zip ? zipped(zip) : rows(((Mapping.Rows) mapping).rows());
        return new Code.Method(on, "expand_kwargs", List.of(new Code.Argument("", rows)));
    }

    private String name(String field) {
        return names.getOrDefault(field, field);
    }

    private Code rows(Object rows) {
        if (!(rows instanceof List<?> list)) {
            return new Code.Method(
                    out.jinja().nativeValue(rows), "map", List.of(new Code.Argument("", new Code.Raw(kept()))));
        }
        List<Object> named = new ArrayList<>();
        for (Object row : list) {
            Map<String, Object> fields = new TreeMap<>();
            ((Map<?, ?>) row).forEach((field, value) -> fields.put(name(String.valueOf(field)), value));
            named.add(fields);
        }
        return out.jinja().nativeValue(named);
    }

    /** Airflow would evaluate the texts of rows once more; what a task returned is no template. */
    private String kept() {
        String literal = out.file().use("literal");
        String value = names.isEmpty()
                ? literal + "(value)"
                : literal + "(value) if name in ["
                        + names.values().stream().sorted().map(Python::text).collect(Collectors.joining(", "))
                        + "] else value";
        return out.file()
                .function(
                        out.node().id(),
                        "fields_of_" + out.node().id(),
                        List.of("row"),
                        "return {name: " + value + " for name, value in row.items()}");
    }

    /** The lists come as tuples, of which a function makes fields; Airflow would evaluate texts in them once more. */
    private Code zipped(Mapping.Zip zip) {
        String literal = out.file().use("literal");
        List<Code> lists = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        new TreeMap<>(zip.fields()).forEach((field, output) -> {
            fields.add(Python.text(name(field)) + ": " + literal + "(values[" + lists.size() + "])");
            lists.add(out.file().reference(out.node(), output));
        });
        String function = out.file()
                .function(
                        out.node().id(),
                        "fields_of_" + out.node().id(),
                        List.of("values"),
                        "return " + fields.stream().collect(Collectors.joining(", ", "{", "}")));
        List<Code.Argument> others =
                lists.stream().skip(1).map(l -> new Code.Argument("", l)).toList();
        return new Code.Method(
                new Code.Method(lists.get(0), "zip", others),
                "map",
                List.of(new Code.Argument("", new Code.Raw(function))));
    }
}
