package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What holds for what a task is mapped over. */
final class Mappings {
    /** Airflow looks for what a task was skipped by at the one choice before it, and finds none at the instances of a mapped one. */
    static final String NO_CHOICES =
            "must not be set: Airflow skips nothing after a mapped choice, so that all branches would run; "
                    + "let one task choose, from the outputs of a mapped one";

    private Mappings() {}

    static Stream<Object> values(Mapping mapping) {
        if (mapping instanceof Mapping.Product product) {
            return product.fields().values().stream();
        }
        return mapping instanceof Mapping.Zip zip
                ? zip.fields().values().stream().map(Object.class::cast)
                : Stream.of(((Mapping.Rows) mapping).rows());
    }

    /** Checks a mapping of a task whose fields of these names can be mapped; none means any. */
    static void check(Problems at, Task task, Mapping mapping, Collection<String> mappable, Set<String> set) {
        Problems place = at.at("mapping");
        for (String field : mapping.fieldNames()) {
            if (place.requireText("field", field) && !mappable.isEmpty()) {
                place.require(
                        mappable.contains(field),
                        field,
                        "must be one of " + String.join(", ", new TreeSet<>(mappable)),
                        field);
            }
            place.require(!set.contains(field), field, "must not be set for all instances too", field);
        }
        if (mapping instanceof Mapping.Product product) {
            place.require(!product.fields().isEmpty(), "fields", "must not be empty", null);
            product.fields().forEach((name, values) -> notEmpty(place.at(name), values));
        } else if (mapping instanceof Mapping.Zip zip) {
            place.require(
                    zip.fields().size() > 1,
                    "fields",
                    "must be two at least",
                    zip.fields().keySet());
        } else if (((Mapping.Rows) mapping).rows() instanceof List<?> rows) {
            notEmpty(place.at("rows"), rows);
        }
        values(mapping).forEach(v -> Texts.checkJson(place, v));
        place.require(
                task.role() != TaskRole.SETUP, "role", "must not be a set-up: a mapped task cannot be torn down", null);
    }

    private static void notEmpty(Problems at, Object values) {
        if (values instanceof List<?> list && list.isEmpty()) {
            at.add("must have an element: a task mapped over nothing is skipped", "[]");
        }
    }
}
