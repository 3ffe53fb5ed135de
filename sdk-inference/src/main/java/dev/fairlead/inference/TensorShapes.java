package dev.fairlead.inference;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that elements and shape belong together. */
final class TensorShapes {
    private TensorShapes() {}

    static int length(Object elements) {
        return Array.getLength(elements);
    }

    /** Returns the dimensions, or throws naming all that is wrong. */
    static long[] checked(@Nullable String name, DataType datatype, Object elements, long... shape) {
        List<Problem> problems = new ArrayList<>();
        if (name == null || name.isBlank()) {
            problems.add(new Problem("name", "must be set", name == null ? "not set" : "'" + name + "'"));
        }
        boolean fits = datatype.carrier().isInstance(elements);
        if (!fits) {
            problems.add(new Problem(
                    "elements",
                    "must be a " + datatype.carrier().getSimpleName() + " for " + datatype,
                    elements.getClass().getSimpleName()));
        } else if (elements instanceof byte[][] strings
                && Arrays.asList(strings).contains(null)) {
            problems.add(new Problem("elements", "must not hold null", "null"));
        }
        long[] dimensions = shape.length == 0 && fits ? new long[] {length(elements)} : shape.clone();
        if (fits && count(dimensions) != length(elements)) {
            problems.add(new Problem(
                    "shape",
                    "must be dimensions whose product is the number of elements, " + length(elements),
                    Arrays.toString(dimensions)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException("Tensor" + (name == null ? "" : " '" + name + "'"), problems);
        }
        return dimensions;
    }

    /** Returns the product of the dimensions, or -1 for a negative one or a product beyond what an array holds. */
    static long count(long[] shape) {
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0 || (dimension > 0 && product > Integer.MAX_VALUE / dimension)) {
                return -1;
            }
            product *= dimension;
        }
        return product;
    }

    static int rowCount(long[] shape, int size) {
        return shape.length == 0 ? Math.min(1, size) : Math.toIntExact(shape[0]);
    }

    /** Makes a tensor of rows, which must have one length. */
    static Tensor rows(String name, DataType datatype, Object[] rows) {
        int width = rows.length == 0 ? 0 : length(rows[0]);
        Object flat = Array.newInstance(datatype.carrier().getComponentType(), Math.multiplyExact(rows.length, width));
        for (int i = 0; i < rows.length; i++) {
            if (length(rows[i]) != width) {
                throw new InvalidValueException(
                        "Tensor '" + name + "'",
                        List.of(new Problem(
                                "rows[" + i + "]",
                                "must have " + width + " elements as the first",
                                "" + length(rows[i]))));
            }
            System.arraycopy(rows[i], 0, flat, i * width, width);
        }
        return Tensor.wrap(name, datatype, flat, rows.length, width);
    }
}
