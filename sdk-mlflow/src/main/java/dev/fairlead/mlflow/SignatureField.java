package dev.fairlead.mlflow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Describes one input or output of a model. */
public sealed interface SignatureField {
    /** Returns the name; empty where a model has a single, unnamed one. */
    String name();

    /** Returns the field as MLflow writes it. */
    Map<String, Object> toTree();

    /**
     * Describes a tensor.
     *
     * @param dtype the type as NumPy names it, such as {@code float32} or {@code int64}
     * @param shape the sizes; -1 for one that varies, such as the batch
     */
    static SignatureField tensor(String name, String dtype, long... shape) {
        return new Tensor(name, dtype, Arrays.stream(shape).boxed().toList());
    }

    /** Describes a mandatory column; {@code type} is MLflow's name, such as {@code double}, {@code long}, {@code string}. */
    static SignatureField column(String name, String type) {
        return new Column(name, type, true);
    }

    /** Describes a column that may be left out. */
    static SignatureField optionalColumn(String name, String type) {
        return new Column(name, type, false);
    }

    /** Describes a mandatory column that holds lists of a type. */
    static SignatureField listColumn(String name, String type) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "array");
        tree.put("items", Map.of("type", type));
        tree.put("name", name);
        tree.put("required", true);
        return new Other(name, tree);
    }

    /** Reads a field as MLflow writes it; a kind this version does not know is kept as it is. */
    static SignatureField of(Map<String, Object> tree) {
        String name = Objects.toString(tree.get("name"), "");
        if (tree.get("tensor-spec") instanceof Map<?, ?> spec
                && spec.get("dtype") instanceof String dtype
                && spec.get("shape") instanceof List<?> shape
                && shape.stream().allMatch(Number.class::isInstance)) {
            return new Tensor(
                    name,
                    dtype,
                    shape.stream().map(n -> ((Number) n).longValue()).toList());
        }
        if (tree.get("type") instanceof String type && KNOWN.containsAll(tree.keySet())) {
            return new Column(name, type, !Boolean.FALSE.equals(tree.get("required")));
        }
        return new Other(name, tree);
    }

    /** The keys of a plain column. */
    List<String> KNOWN = List.of("name", "type", "required");

    /**
     * A tensor.
     *
     * @param name its name
     * @param dtype its type as NumPy names it
     * @param shape its sizes; -1 for one that varies
     */
    record Tensor(String name, String dtype, List<Long> shape) implements SignatureField {
        /** Copies the shape. */
        public Tensor {
            shape = List.copyOf(shape);
        }

        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> spec = new LinkedHashMap<>();
            spec.put("dtype", dtype);
            spec.put("shape", shape);
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("type", "tensor");
            tree.put("tensor-spec", spec);
            if (!name.isEmpty()) {
                tree.put("name", name);
            }
            return tree;
        }
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type as MLflow names it
     * @param required whether it must be given
     */
    record Column(String name, String type, boolean required) implements SignatureField {
        @Override
        public Map<String, Object> toTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("type", type);
            if (!name.isEmpty()) {
                tree.put("name", name);
            }
            tree.put("required", required);
            return tree;
        }
    }

    /**
     * A field of a kind this version does not know, kept as it was written.
     *
     * @param name its name
     * @param tree the field
     */
    record Other(String name, Map<String, Object> tree) implements SignatureField {
        @Override
        public Map<String, Object> toTree() {
            return new LinkedHashMap<>(tree);
        }
    }
}
