package dev.fairlead.testing.inference;

import dev.fairlead.inference.DataType;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Tensors as JSON trees, read and written apart from the client, so that the two check each other. */
final class WireTensors {
    private WireTensors() {}

    /** Reads an input; what does not fit its shape fails as NumPy does. */
    static Tensor read(Map<?, ?> tree) {
        String name = String.valueOf(tree.get("name"));
        DataType type = DataType.find(String.valueOf(tree.get("datatype"))).orElseThrow();
        List<?> dimensions = tree.get("shape") instanceof List<?> list ? list : List.of();
        long[] shape =
                dimensions.stream().mapToLong(n -> ((Number) n).longValue()).toArray();
        List<@Nullable Object> flat = new ArrayList<>();
        flatten(tree.get("data"), flat);
        if (LongStream.of(shape).reduce(1, (a, b) -> a * b) != flat.size()) {
            throw new PythonException(
                    "ValueError", "cannot reshape array of size " + flat.size() + " into shape " + tuple(shape));
        }
        Object elements = Array.newInstance(type.carrier().getComponentType(), flat.size());
        for (int i = 0; i < flat.size(); i++) {
            put(type, elements, i, flat.get(i));
        }
        Tensor tensor = Tensor.wrap(name, type, elements, shape);
        if (tree.get("parameters") instanceof Map<?, ?> parameters) {
            for (Map.Entry<?, ?> parameter : parameters.entrySet()) {
                tensor = tensor.withParameter(String.valueOf(parameter.getKey()), parameter.getValue());
            }
        }
        return tensor;
    }

    private static String tuple(long[] shape) {
        String inner = Arrays.toString(shape).replace(" ", "");
        return "(" + inner.substring(1, inner.length() - 1) + (shape.length == 1 ? ",)" : ")");
    }

    private static void flatten(@Nullable Object data, List<@Nullable Object> into) {
        if (data instanceof List<?> list) {
            list.forEach(element -> flatten(element, into));
        } else {
            into.add(data);
        }
    }

    private static void put(DataType type, Object array, int i, @Nullable Object value) {
        double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
        switch (type) {
            case FP32 -> Array.setFloat(array, i, (float) number);
            case FP64 -> Array.setDouble(array, i, number);
            case FP16 -> Array.setShort(array, i, half((float) number));
            case BOOL -> Array.setBoolean(array, i, Boolean.TRUE.equals(value));
            case BYTES -> Array.set(array, i, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            case INT64, UINT64 -> Array.setLong(array, i, whole(value).longValue());
            case INT32, UINT32 -> Array.setInt(array, i, whole(value).intValue());
            case INT16, UINT16 -> Array.setShort(array, i, whole(value).shortValue());
            default -> Array.setByte(array, i, whole(value).byteValue());
        }
    }

    private static short half(float value) {
        return ((ShortBuffer) Tensor.float16("half", new float[] {value}).buffer()).get();
    }

    private static BigInteger whole(@Nullable Object value) {
        return new BigInteger(String.valueOf(value));
    }

    /** Writes an output. */
    static Map<String, Object> write(Tensor tensor) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", tensor.name());
        tree.put("shape", LongStream.of(tensor.shape()).boxed().toList());
        tree.put("datatype", tensor.datatype().name());
        if (!tensor.parameters().isEmpty()) {
            tree.put("parameters", tensor.parameters());
        }
        tree.put("data", elements(tensor));
        return tree;
    }

    private static List<@Nullable Object> elements(Tensor tensor) {
        List<@Nullable Object> elements = new ArrayList<>(tensor.size());
        switch (tensor.datatype()) {
            case BOOL -> {
                for (boolean b : tensor.booleans()) {
                    elements.add(b);
                }
            }
            case BYTES -> elements.addAll(Arrays.asList(tensor.strings()));
            case FP16, FP32 -> {
                for (float f : tensor.floats()) {
                    elements.add(Float.isFinite(f) ? (Object) f : null);
                }
            }
            case FP64 -> {
                for (double d : tensor.doubles()) {
                    elements.add(Double.isFinite(d) ? (Object) d : null);
                }
            }
            case UINT64 -> elements.addAll(Arrays.asList(tensor.bigIntegers()));
            default -> {
                for (long n : tensor.longs()) {
                    elements.add(n);
                }
            }
        }
        return elements;
    }

    /** Writes the description of an input or output. */
    static Map<String, Object> write(TensorMetadata tensor) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", tensor.name());
        tree.put("datatype", tensor.datatype());
        tree.put("shape", tensor.shape());
        return tree;
    }
}
