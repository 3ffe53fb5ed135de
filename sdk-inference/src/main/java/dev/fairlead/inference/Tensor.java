package dev.fairlead.inference;

import dev.fairlead.inference.internal.Halves;
import java.math.BigInteger;
import java.nio.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a named, shaped array of one {@link DataType}, row by row, in a Java array of primitives: nothing is boxed. Immutable.
 *
 * <p>The methods that make one copy the array, except {@link #wrap}. A shape that is left out means one dimension. A shape whose product
 * is not the number of elements raises {@link dev.fairlead.error.InvalidValueException}.
 *
 * <p>Reading converts where nothing is lost, so that UINT8 reads as {@link #ints()} from 0 to 255 and FP16 as {@link #floats()};
 * it raises {@link dev.fairlead.error.InvalidValueException} where something would be.
 */
public final class Tensor {
    private final String name;
    private final DataType datatype;
    private final long[] shape;
    private final Map<String, Object> parameters;
    private final Object elements;

    private Tensor(String name, DataType datatype, long[] shape, Map<String, Object> parameters, Object elements) {
        this.name = name;
        this.datatype = datatype;
        this.shape = shape;
        this.parameters = parameters;
        this.elements = elements;
    }

    /**
     * Makes a tensor of an array without copying it: nobody may change the array afterwards.
     *
     * @param elements an array of the type's {@link DataType#carrier()}, holding its bits
     * @param shape the dimensions; one dimension if left out
     */
    public static Tensor wrap(String name, DataType datatype, Object elements, long... shape) {
        long[] dimensions = TensorShapes.checked(name, datatype, elements, shape);
        return new Tensor(name, datatype, dimensions, Map.of(), elements);
    }

    /** Makes a BOOL tensor. */
    public static Tensor of(String name, boolean[] elements, long... shape) {
        return wrap(name, DataType.BOOL, elements.clone(), shape);
    }

    /** Makes an INT8 tensor; for UINT8 see {@link #unsigned(String, byte[], long...)}. */
    public static Tensor of(String name, byte[] elements, long... shape) {
        return wrap(name, DataType.INT8, elements.clone(), shape);
    }

    /** Makes an INT16 tensor. */
    public static Tensor of(String name, short[] elements, long... shape) {
        return wrap(name, DataType.INT16, elements.clone(), shape);
    }

    /** Makes an INT32 tensor. */
    public static Tensor of(String name, int[] elements, long... shape) {
        return wrap(name, DataType.INT32, elements.clone(), shape);
    }

    /** Makes an INT64 tensor. */
    public static Tensor of(String name, long[] elements, long... shape) {
        return wrap(name, DataType.INT64, elements.clone(), shape);
    }

    /** Makes an FP32 tensor. */
    public static Tensor of(String name, float[] elements, long... shape) {
        return wrap(name, DataType.FP32, elements.clone(), shape);
    }

    /** Makes an FP64 tensor. */
    public static Tensor of(String name, double[] elements, long... shape) {
        return wrap(name, DataType.FP64, elements.clone(), shape);
    }

    /** Makes a BYTES tensor of texts, as UTF-8. */
    public static Tensor of(String name, String[] elements, long... shape) {
        byte[][] bytes = new byte[elements.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = elements[i].getBytes(StandardCharsets.UTF_8);
        }
        return wrap(name, DataType.BYTES, bytes, shape);
    }

    /** Makes an INT32 tensor of rows of one length. */
    public static Tensor of(String name, int[][] rows) {
        return TensorShapes.rows(name, DataType.INT32, rows);
    }

    /** Makes an INT64 tensor of rows of one length. */
    public static Tensor of(String name, long[][] rows) {
        return TensorShapes.rows(name, DataType.INT64, rows);
    }

    /** Makes an FP32 tensor of rows of one length. */
    public static Tensor of(String name, float[][] rows) {
        return TensorShapes.rows(name, DataType.FP32, rows);
    }

    /** Makes an FP64 tensor of rows of one length. */
    public static Tensor of(String name, double[][] rows) {
        return TensorShapes.rows(name, DataType.FP64, rows);
    }

    /** Makes a BYTES tensor of byte strings. */
    public static Tensor bytes(String name, byte[][] elements, long... shape) {
        byte[][] copy = new byte[elements.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = elements[i].clone();
        }
        return wrap(name, DataType.BYTES, copy, shape);
    }

    /** Makes a UINT8 tensor of bits. */
    public static Tensor unsigned(String name, byte[] bits, long... shape) {
        return wrap(name, DataType.UINT8, bits.clone(), shape);
    }

    /** Makes a UINT16 tensor of bits. */
    public static Tensor unsigned(String name, short[] bits, long... shape) {
        return wrap(name, DataType.UINT16, bits.clone(), shape);
    }

    /** Makes a UINT32 tensor of bits. */
    public static Tensor unsigned(String name, int[] bits, long... shape) {
        return wrap(name, DataType.UINT32, bits.clone(), shape);
    }

    /** Makes a UINT64 tensor of bits. */
    public static Tensor unsigned(String name, long[] bits, long... shape) {
        return wrap(name, DataType.UINT64, bits.clone(), shape);
    }

    /** Makes an FP16 tensor, rounding to nearest; what is too large becomes infinite. */
    public static Tensor float16(String name, float[] elements, long... shape) {
        short[] bits = new short[elements.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Halves.toFp16(elements[i]);
        }
        return wrap(name, DataType.FP16, bits, shape);
    }

    /** Makes a BF16 tensor, rounding to nearest. */
    public static Tensor bfloat16(String name, float[] elements, long... shape) {
        short[] bits = new short[elements.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Halves.toBf16(elements[i]);
        }
        return wrap(name, DataType.BF16, bits, shape);
    }

    /** Returns the name under which the model takes or gives it. */
    public String name() {
        return name;
    }

    /** Returns what the elements are. */
    public DataType datatype() {
        return datatype;
    }

    /** Returns the dimensions; changing the array changes nothing. */
    public long[] shape() {
        return shape.clone();
    }

    /** Returns how many elements there are. */
    public int size() {
        return TensorShapes.length(elements);
    }

    /** Returns the protocol's parameters, such as {@code content_type}; empty by default. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    /** Returns the same elements under another name. */
    public Tensor withName(String other) {
        return new Tensor(Objects.requireNonNull(other, "name"), datatype, shape, parameters, elements);
    }

    /** Returns the same elements in another shape of the same size. */
    public Tensor withShape(long... other) {
        long[] dimensions = TensorShapes.checked(name, datatype, elements, other);
        return new Tensor(name, datatype, dimensions, parameters, elements);
    }

    /** Returns the same tensor with one more parameter: text, number or boolean. */
    public Tensor withParameter(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(key, value);
        return new Tensor(name, datatype, shape, Collections.unmodifiableMap(more), elements);
    }

    /**
     * Returns a read-only view of the elements' bits without copying: a {@link java.nio.FloatBuffer} for FP32, a
     * {@link java.nio.ShortBuffer} for FP16, and so on.
     *
     * @throws dev.fairlead.error.InvalidValueException for BOOL and BYTES, which no buffer holds
     */
    public Buffer buffer() {
        return TensorReads.buffer(this, elements);
    }

    /** Reads BOOL. */
    public boolean[] booleans() {
        return TensorReads.booleans(this, elements);
    }

    /** Reads whole numbers of at most 32 bits with their sign, or 16 without. */
    public int[] ints() {
        return TensorReads.ints(this, elements);
    }

    /** Reads whole numbers; UINT64 where each is below 2^63, else see {@link #bigIntegers()}. */
    public long[] longs() {
        return TensorReads.longs(this, elements);
    }

    /** Reads whole numbers of any type; the one reading that boxes. */
    public BigInteger[] bigIntegers() {
        return TensorReads.bigIntegers(this, elements);
    }

    /** Reads FP16, BF16 or FP32. */
    public float[] floats() {
        return TensorReads.floats(this, elements);
    }

    /** Reads any numbers that a {@code double} holds exactly. */
    public double[] doubles() {
        return TensorReads.doubles(this, elements);
    }

    /** Reads BYTES as UTF-8 texts. */
    public String[] strings() {
        return TensorReads.strings(this, elements);
    }

    /** Reads BYTES. */
    public byte[][] byteArrays() {
        return TensorReads.byteArrays(this, elements);
    }

    /** Reads two dimensions of {@link #floats()}; more dimensions are flattened into the second. */
    public float[][] floatRows() {
        float[] flat = floats();
        float[][] rows = new float[TensorShapes.rowCount(shape, flat.length)][];
        int width = rows.length == 0 ? 0 : flat.length / rows.length;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** Reads two dimensions of {@link #doubles()}; more dimensions are flattened into the second. */
    public double[][] doubleRows() {
        double[] flat = doubles();
        double[][] rows = new double[TensorShapes.rowCount(shape, flat.length)][];
        int width = rows.length == 0 ? 0 : flat.length / rows.length;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** Reads two dimensions of {@link #longs()}; more dimensions are flattened into the second. */
    public long[][] longRows() {
        long[] flat = longs();
        long[][] rows = new long[TensorShapes.rowCount(shape, flat.length)][];
        int width = rows.length == 0 ? 0 : flat.length / rows.length;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
        }
        return rows;
    }

    /** Compares name, type, shape, parameters and each element's bits. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tensor t
                && name.equals(t.name)
                && datatype == t.datatype
                && Arrays.equals(shape, t.shape)
                && parameters.equals(t.parameters)
                && TensorReads.sameBits(elements, t.elements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, datatype, Arrays.hashCode(shape), TensorReads.hash(elements));
    }

    /** Shows name, type, shape and the first elements. */
    @Override
    public String toString() {
        return "Tensor[" + name + " " + datatype + Arrays.toString(shape).replace(" ", "") + " "
                + TensorReads.preview(this, elements) + "]";
    }
}
