package dev.fairlead.inference;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.inference.internal.Halves;
import java.math.BigInteger;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Reads a tensor's elements as other types, where nothing is lost. */
final class TensorReads {
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int SHOWN = 8;

    private TensorReads() {}

    static Buffer buffer(Tensor t, Object elements) {
        if (elements instanceof float[] a) {
            return FloatBuffer.wrap(a).asReadOnlyBuffer();
        } else if (elements instanceof double[] a) {
            return DoubleBuffer.wrap(a).asReadOnlyBuffer();
        } else if (elements instanceof long[] a) {
            return LongBuffer.wrap(a).asReadOnlyBuffer();
        } else if (elements instanceof int[] a) {
            return IntBuffer.wrap(a).asReadOnlyBuffer();
        } else if (elements instanceof short[] a) {
            return ShortBuffer.wrap(a).asReadOnlyBuffer();
        } else if (elements instanceof byte[] a) {
            return ByteBuffer.wrap(a).asReadOnlyBuffer();
        }
        throw wrongType(t, "a buffer", "a type of numbers");
    }

    static boolean[] booleans(Tensor t, Object elements) {
        if (elements instanceof boolean[] a) {
            return a.clone();
        }
        throw wrongType(t, "booleans", "BOOL");
    }

    static byte[][] byteArrays(Tensor t, Object elements) {
        if (elements instanceof byte[][] a) {
            byte[][] copy = new byte[a.length][];
            for (int i = 0; i < a.length; i++) {
                copy[i] = a[i].clone();
            }
            return copy;
        }
        throw wrongType(t, "bytes", "BYTES");
    }

    static String[] strings(Tensor t, Object elements) {
        if (elements instanceof byte[][] a) {
            String[] texts = new String[a.length];
            for (int i = 0; i < a.length; i++) {
                texts[i] = new String(a[i], StandardCharsets.UTF_8);
            }
            return texts;
        }
        throw wrongType(t, "texts", "BYTES");
    }

    static int[] ints(Tensor t, Object elements) {
        DataType type = t.datatype();
        if (type == DataType.INT32) {
            return ((int[]) elements).clone();
        }
        if (!type.isInteger() || type.size() > 2) {
            throw wrongType(t, "ints", "INT8, INT16, INT32, UINT8 or UINT16");
        }
        int[] all = new int[t.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (int) integer(type, elements, i);
        }
        return all;
    }

    static long[] longs(Tensor t, Object elements) {
        DataType type = t.datatype();
        if (!type.isInteger()) {
            throw wrongType(t, "longs", "a type of whole numbers");
        }
        if (type == DataType.INT64) {
            return ((long[]) elements).clone();
        }
        long[] all = new long[t.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = integer(type, elements, i);
            if (type == DataType.UINT64 && all[i] < 0) {
                throw wrongElement(
                        t,
                        i,
                        "must be below 2^63 to be read as a long; use bigIntegers()",
                        Long.toUnsignedString(all[i]));
            }
        }
        return all;
    }

    static BigInteger[] bigIntegers(Tensor t, Object elements) {
        DataType type = t.datatype();
        if (!type.isInteger()) {
            throw wrongType(t, "big integers", "a type of whole numbers");
        }
        BigInteger[] all = new BigInteger[t.size()];
        for (int i = 0; i < all.length; i++) {
            long bits = integer(type, elements, i);
            all[i] = type == DataType.UINT64 && bits < 0
                    ? new BigInteger(Long.toUnsignedString(bits))
                    : BigInteger.valueOf(bits);
        }
        return all;
    }

    static float[] floats(Tensor t, Object elements) {
        DataType type = t.datatype();
        if (type == DataType.FP32) {
            return ((float[]) elements).clone();
        }
        if (type != DataType.FP16 && type != DataType.BF16) {
            throw wrongType(t, "floats", "FP16, BF16 or FP32" + (type == DataType.FP64 ? "; use doubles()" : ""));
        }
        short[] bits = (short[]) elements;
        float[] all = new float[bits.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = type == DataType.FP16 ? Halves.fromFp16(bits[i]) : Halves.fromBf16(bits[i]);
        }
        return all;
    }

    static double[] doubles(Tensor t, Object elements) {
        DataType type = t.datatype();
        if (type == DataType.FP64) {
            return ((double[]) elements).clone();
        }
        double[] all = new double[t.size()];
        if (type.isFloatingPoint()) {
            float[] floats = type == DataType.FP32 ? (float[]) elements : floats(t, elements);
            for (int i = 0; i < all.length; i++) {
                all[i] = floats[i];
            }
            return all;
        }
        if (!type.isInteger()) {
            throw wrongType(t, "doubles", "a type of numbers");
        }
        for (int i = 0; i < all.length; i++) {
            long value = integer(type, elements, i);
            if (value > EXACT_IN_DOUBLE || value < -EXACT_IN_DOUBLE || (type == DataType.UINT64 && value < 0)) {
                throw wrongElement(
                        t, i, "must be within 2^53 to be read as a double; use longs()", Long.toString(value));
            }
            all[i] = value;
        }
        return all;
    }

    /** Reads a whole number; for UINT64 its bits. */
    private static long integer(DataType type, Object elements, int i) {
        return switch (type) {
            case UINT8 -> ((byte[]) elements)[i] & 0xffL;
            case UINT16 -> ((short[]) elements)[i] & 0xffffL;
            case UINT32 -> ((int[]) elements)[i] & 0xffffffffL;
            case INT8 -> ((byte[]) elements)[i];
            case INT16 -> ((short[]) elements)[i];
            case INT32 -> ((int[]) elements)[i];
            default -> ((long[]) elements)[i];
        };
    }

    static boolean sameBits(Object a, Object b) {
        return Arrays.deepEquals(new Object[] {a}, new Object[] {b});
    }

    static int hash(Object elements) {
        return Arrays.deepHashCode(new Object[] {elements});
    }

    static String preview(Tensor t, Object elements) {
        StringJoiner shown = new StringJoiner(", ", "{", t.size() > SHOWN ? ", ...}" : "}");
        for (int i = 0; i < Math.min(SHOWN, t.size()); i++) {
            shown.add(show(t.datatype(), elements, i));
        }
        return shown.toString();
    }

    private static String show(DataType type, Object elements, int i) {
        return switch (type) {
            case BOOL -> Boolean.toString(((boolean[]) elements)[i]);
            case FP16 -> Float.toString(Halves.fromFp16(((short[]) elements)[i]));
            case BF16 -> Float.toString(Halves.fromBf16(((short[]) elements)[i]));
            case FP32 -> Float.toString(((float[]) elements)[i]);
            case FP64 -> Double.toString(((double[]) elements)[i]);
            case UINT64 -> Long.toUnsignedString(((long[]) elements)[i]);
            case BYTES -> text(((byte[][]) elements)[i]);
            default -> Long.toString(integer(type, elements, i));
        };
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.UTF_8);
        return "'" + text + (bytes.length > 40 ? "...'" : "'");
    }

    private static InvalidValueException wrongType(Tensor t, String as, String needed) {
        return new InvalidValueException(
                "reading of tensor '" + t.name() + "' as " + as,
                List.of(new Problem(
                        "datatype", "must be " + needed, t.datatype().name())));
    }

    private static InvalidValueException wrongElement(Tensor t, int i, String rule, String value) {
        return new InvalidValueException(
                "reading of tensor '" + t.name() + "'", List.of(new Problem("[" + i + "]", rule, value)));
    }
}
