package dev.fairlead.inference.internal;

/** Converts between {@code float} and its two 16-bit relatives, rounding to nearest, ties to even. */
public final class Halves {
    private Halves() {}

    /** Reads IEEE half precision. */
    public static float fromFp16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int mantissa = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (mantissa << 13));
        }
        if (exponent != 0) {
            return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
        }
        float small = mantissa * 0x1p-24f;
        return sign == 0 ? small : -small;
    }

    /** Writes IEEE half precision; what is too large becomes infinite. */
    public static short toFp16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int rest = bits & 0x7fffffff;
        if (rest > 0x7f800000) {
            return (short) (sign | 0x7e00 | ((rest >> 13) & 0x3ff));
        }
        if (rest >= 0x477ff000) {
            return (short) (sign | 0x7c00);
        }
        if (rest < 0x38800000) {
            return (short) (sign | (int) Math.rint((double) Float.intBitsToFloat(rest) * 0x1p24));
        }
        int rounded = rest + 0xfff + ((rest >> 13) & 1);
        return (short) (sign | ((rounded - 0x38000000) >> 13));
    }

    /** Reads the upper half of a {@code float}. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Writes the upper half of a {@code float}. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
}
