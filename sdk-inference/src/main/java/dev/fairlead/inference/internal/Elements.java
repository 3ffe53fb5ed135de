package dev.fairlead.inference.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fairlead.inference.DataType;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Collects the elements of one tensor in an array of primitives that grows. */
final class Elements {
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final DataType type;
    private Object array;
    private int size;

    Elements(DataType type, int capacity) {
        this.type = type;
        this.array = Array.newInstance(type.carrier().getComponentType(), capacity);
    }

    /** Takes the element the parser stands on; throws an {@link IllegalArgumentException} that says what is wrong with it. */
    void add(JsonParser json) throws IOException {
        if (size == Array.getLength(array)) {
            Object larger = Array.newInstance(type.carrier().getComponentType(), Math.max(16, size + (size >> 1)));
            System.arraycopy(array, 0, larger, 0, size);
            array = larger;
        }
        switch (type) {
            case FP32 ->
                ((float[]) array)[size] =
                        isNull(json) ? Float.NaN : number(json).getFloatValue();
            case FP64 ->
                ((double[]) array)[size] =
                        isNull(json) ? Double.NaN : number(json).getDoubleValue();
            case FP16 ->
                ((short[]) array)[size] =
                        Halves.toFp16(isNull(json) ? Float.NaN : number(json).getFloatValue());
            case BF16 ->
                ((short[]) array)[size] =
                        Halves.toBf16(isNull(json) ? Float.NaN : number(json).getFloatValue());
            case BOOL -> ((boolean[]) array)[size] = bool(json);
            case INT64 -> ((long[]) array)[size] = whole(json, Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64 -> ((long[]) array)[size] = uint64(json);
            case INT32 -> ((int[]) array)[size] = (int) whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case UINT32 -> ((int[]) array)[size] = (int) whole(json, 0, 0xffffffffL);
            case INT16 -> ((short[]) array)[size] = (short) whole(json, Short.MIN_VALUE, Short.MAX_VALUE);
            case UINT16 -> ((short[]) array)[size] = (short) whole(json, 0, 0xffff);
            case INT8 -> ((byte[]) array)[size] = (byte) whole(json, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> ((byte[]) array)[size] = (byte) whole(json, 0, 0xff);
            case BYTES -> ((byte[][]) array)[size] = text(json);
        }
        size++;
    }

    /** Returns the array, cut to size. */
    Object toArray() {
        if (size == Array.getLength(array)) {
            return array;
        }
        Object exact = Array.newInstance(type.carrier().getComponentType(), size);
        System.arraycopy(array, 0, exact, 0, size);
        return exact;
    }

    private static boolean isNull(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    private JsonParser number(JsonParser json) throws IOException {
        if (!json.currentToken().isNumeric()) {
            throw wrong(json);
        }
        return json;
    }

    private boolean bool(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return whole(json, 0, 1) == 1;
        }
        if (!token.isBoolean()) {
            throw wrong(json);
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private long whole(JsonParser json, long least, long most) throws IOException {
        long value;
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            value = json.getLongValue();
        } else if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && isWhole(json.getDoubleValue())) {
            value = (long) json.getDoubleValue();
        } else {
            throw wrong(json);
        }
        if (value < least || value > most) {
            throw wrong(json);
        }
        return value;
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) <= 1L << 53;
    }

    private long uint64(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger value = json.getBigIntegerValue();
            if (value.signum() < 0 || value.compareTo(MAX_UINT64) > 0) {
                throw wrong(json);
            }
            return value.longValue();
        }
        return whole(json, 0, Long.MAX_VALUE);
    }

    private byte[] text(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw wrong(json);
        }
        return json.getText().getBytes(StandardCharsets.UTF_8);
    }

    private IllegalArgumentException wrong(JsonParser json) throws IOException {
        return new IllegalArgumentException("data[" + size + "] is no " + type + ": " + json.getText());
    }
}
