package dev.fairlead.airflow.dag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says over what a task is mapped: at run time Airflow makes one instance of it for each element. What is mapped is named as the setter of the
 * task's builder, such as {@code command} or {@code env}; of Python, the name of an argument.
 *
 * @see <a href="https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html">Dynamic task mapping</a>
 */
public sealed interface Mapping {
    /** Maps over values that are known now. */
    static Product over(String field, List<?> values) {
        return new Product(Map.of(field, values));
    }

    /** Maps over a list that another task returns. */
    static Product over(String field, TaskOutput<? extends List<?>> values) {
        return new Product(Map.of(field, values));
    }

    /** Maps over a list of an argument's values. */
    static <T> Product over(Argument<T> argument, List<? extends T> values) {
        return over(argument.name(), values);
    }

    /** Maps over a list of an argument's values that another task returns. */
    static <T> Product over(Argument<T> argument, TaskOutput<? extends List<? extends T>> values) {
        return over(argument.name(), values);
    }

    /** Maps over rows that are known now; each sets several fields. */
    static Rows rows(List<? extends Map<String, ?>> rows) {
        return new Rows(rows);
    }

    /** Maps over rows that another task returns; each sets several fields, by the names that Airflow's operator has. */
    static Rows rows(TaskOutput<? extends List<? extends Map<String, ?>>> rows) {
        return new Rows(rows);
    }

    /** Maps over several lists that other tasks return side by side, up to the end of the shortest. */
    static Zip zip(Map<String, TaskOutput<? extends List<?>>> fields) {
        return new Zip(fields);
    }

    /** Returns the names of the fields that are mapped; of rows those that are known now. */
    default Set<String> fieldNames() {
        if (this instanceof Product product) {
            return new TreeSet<>(product.fields().keySet());
        }
        if (this instanceof Zip zip) {
            return new TreeSet<>(zip.fields().keySet());
        }
        Set<String> names = new TreeSet<>();
        if (((Rows) this).rows() instanceof List<?> rows) {
            rows.forEach(row -> ((Map<?, ?>) row).keySet().forEach(key -> names.add(String.valueOf(key))));
        }
        return names;
    }

    /**
     * One instance for each combination of the elements.
     *
     * @param fields a list or the output of a task for each field
     */
    record Product(Map<String, Object> fields) implements Mapping {
        /** Copies the fields. */
        public Product {
            fields = Map.copyOf(fields);
        }

        /** Maps over another field too: one instance for each combination. */
        public Product and(String field, List<?> values) {
            return with(field, values);
        }

        /** Maps over another field too: one instance for each combination. */
        public Product and(String field, TaskOutput<? extends List<?>> values) {
            return with(field, values);
        }

        private Product with(String field, Object values) {
            Map<String, Object> more = new LinkedHashMap<>(fields);
            more.put(field, values);
            return new Product(more);
        }
    }

    /**
     * One instance for each row.
     *
     * @param rows a list of maps, or the output of a task
     */
    record Rows(Object rows) implements Mapping {}

    /**
     * One instance for the first elements of all lists, one for the second ones, and so on.
     *
     * @param fields the output of a task for each field
     */
    record Zip(Map<String, TaskOutput<? extends List<?>>> fields) implements Mapping {
        /** Copies the fields. */
        public Zip {
            fields = Map.copyOf(fields);
        }
    }
}
