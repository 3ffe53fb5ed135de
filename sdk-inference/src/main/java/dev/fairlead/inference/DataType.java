package dev.fairlead.inference;

import java.util.Arrays;
import java.util.Optional;

/** Names what a tensor's elements are: the types of the Open Inference Protocol and Triton's {@code BF16}. */
public enum DataType {
    /** True or false. */
    BOOL(1, boolean[].class),
    /** 0 to 255; the bits lie in a {@code byte[]}. */
    UINT8(1, byte[].class),
    /** 0 to 65,535; the bits lie in a {@code short[]}. */
    UINT16(2, short[].class),
    /** 0 to 2^32 - 1; the bits lie in an {@code int[]}. */
    UINT32(4, int[].class),
    /** 0 to 2^64 - 1; the bits lie in a {@code long[]}. */
    UINT64(8, long[].class),
    /** -128 to 127. */
    INT8(1, byte[].class),
    /** 16 bits, signed. */
    INT16(2, short[].class),
    /** 32 bits, signed. */
    INT32(4, int[].class),
    /** 64 bits, signed. */
    INT64(8, long[].class),
    /** IEEE half precision; the bits lie in a {@code short[]}. */
    FP16(2, short[].class),
    /** The upper half of a {@code float}; the bits lie in a {@code short[]}. */
    BF16(2, short[].class),
    /** Single precision. */
    FP32(4, float[].class),
    /** Double precision. */
    FP64(8, double[].class),
    /** Texts or byte strings, each of its own length. */
    BYTES(0, byte[][].class);

    private final int size;
    private final Class<?> carrier;

    DataType(int size, Class<?> carrier) {
        this.size = size;
        this.carrier = carrier;
    }

    /** Returns how many bytes an element takes, 0 for {@link #BYTES}. */
    public int size() {
        return size;
    }

    /** Returns the kind of array its elements lie in, such as {@code float[].class}. */
    public Class<?> carrier() {
        return carrier;
    }

    /** Tells whether elements are whole numbers. */
    public boolean isInteger() {
        return isUnsigned() || this == INT8 || this == INT16 || this == INT32 || this == INT64;
    }

    /** Tells whether elements are whole numbers without a sign. */
    public boolean isUnsigned() {
        return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** Tells whether elements are floating-point numbers. */
    public boolean isFloatingPoint() {
        return this == FP16 || this == BF16 || this == FP32 || this == FP64;
    }

    /** Finds a type by the protocol's name for it; empty for one we do not know. */
    public static Optional<DataType> find(String name) {
        return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
    }
}
