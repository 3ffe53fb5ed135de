package dev.fairlead.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.inference.internal.Halves;
import dev.fairlead.support.Proves;
import java.math.BigInteger;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

@Proves("inference.tensor")
class TensorTest {
    @Test
    void of_rows_keepsThemRowByRow() {
        Tensor tensor = Tensor.of("x", new float[][] {{1, 2, 3}, {4, 5, 6}});

        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.datatype()).isEqualTo(DataType.FP32);
        assertThat(tensor.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor.floatRows()[1]).containsExactly(4, 5, 6);
        assertThat(tensor).hasToString("Tensor[x FP32[2,3] {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}]");
    }

    @Test
    void of_rowsOfSeveralLengths_namesTheRow() {
        assertThatThrownBy(() -> Tensor.of("x", new double[][] {{1, 2}, {3}}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid Tensor 'x': rows[1] must have 2 elements as the first, was 1");
    }

    @Test
    void of_shapeOfAnotherSize_namesBoth() {
        assertThatThrownBy(() -> Tensor.of("x", new int[] {1, 2, 3}, 2, 2))
                .hasMessage(
                        "invalid Tensor 'x': shape must be dimensions whose product is the number of elements, 3, was [2, 2]");
        assertThatThrownBy(() -> Tensor.of("x", new int[0], Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Tensor.of("x", new int[] {1}, -1, -1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void wrap_arrayOfAnotherKind_namesTheKindNeeded() {
        assertThatThrownBy(() -> Tensor.wrap(" ", DataType.UINT8, new int[] {1}))
                .hasMessageContaining("name must be set, was ' '")
                .hasMessageContaining("elements must be a byte[] for UINT8, was int[]");
    }

    @Test
    void of_arrayChangedAfterwards_isNot() {
        float[] mine = {1, 2};
        Tensor tensor = Tensor.of("x", mine);
        mine[0] = 9;
        tensor.floats()[1] = 9;
        tensor.shape()[0] = 9;

        assertThat(tensor.floats()).containsExactly(1, 2);
        assertThat(tensor.shape()).containsExactly(2);
        assertThatThrownBy(() -> ((FloatBuffer) tensor.buffer()).put(0, 9)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void unsigned_highestBits_readWithoutSign() {
        assertThat(Tensor.unsigned("x", new byte[] {-1, 0}).ints()).containsExactly(255, 0);
        assertThat(Tensor.unsigned("x", new short[] {-1}).ints()).containsExactly(65_535);
        assertThat(Tensor.unsigned("x", new int[] {-1}).longs()).containsExactly(4_294_967_295L);
        assertThat(Tensor.unsigned("x", new int[] {-1}).doubles()).containsExactly(4_294_967_295.0);
        assertThat(Tensor.unsigned("x", new long[] {-1}).bigIntegers())
                .containsExactly(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(Tensor.unsigned("x", new long[] {-1})).hasToString("Tensor[x UINT64[1] {18446744073709551615}]");
    }

    @Test
    void read_whereSomethingWouldBeLost_refusesAndSaysHow() {
        assertThatThrownBy(() -> Tensor.unsigned("u", new long[] {1, -1}).longs())
                .hasMessage(
                        "invalid reading of tensor 'u': [1] must be below 2^63 to be read as a long; use bigIntegers(), was"
                                + " 18446744073709551615");
        assertThatThrownBy(() -> Tensor.of("d", new double[] {0.1}).floats())
                .hasMessage(
                        "invalid reading of tensor 'd' as floats: datatype must be FP16, BF16 or FP32; use doubles(), was FP64");
        assertThatThrownBy(() -> Tensor.of("l", new long[] {(1L << 53) + 1}).doubles())
                .hasMessageContaining("must be within 2^53 to be read as a double; use longs(), was 9007199254740993");
        assertThatThrownBy(() -> Tensor.of("l", new long[] {1}).ints()).hasMessageContaining("was INT64");
        assertThatThrownBy(() -> Tensor.of("s", new String[] {"a"}).buffer()).hasMessageContaining("was BYTES");
    }

    @Test
    void strings_anyText_comeBack() {
        assertThat(Tensor.of("s", new String[] {"", "héllo", "\u0000"}).strings())
                .containsExactly("", "héllo", "\u0000");
    }

    @Test
    void equals_nanAndNames_comparesBits() {
        Tensor a = Tensor.of("x", new float[] {Float.NaN, 1}, 1, 2);

        assertThat(a)
                .isEqualTo(Tensor.of("x", new float[] {Float.NaN, 1}, 1, 2))
                .hasSameHashCodeAs(a.withName("x"));
        assertThat(a).isNotEqualTo(a.withName("y")).isNotEqualTo(a.withShape(2)).isNotEqualTo(a.withParameter("k", 1));
        assertThat(Tensor.of("x", new byte[] {1})).isNotEqualTo(Tensor.unsigned("x", new byte[] {1}));
    }

    @Test
    void halves_everyBitPattern_comesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = Halves.fromFp16((short) bits);
            float brain = Halves.fromBf16((short) bits);
            if (!Float.isNaN(half)) {
                assertThat(Halves.toFp16(half)).as("FP16 %x", bits).isEqualTo((short) bits);
            }
            if (!Float.isNaN(brain)) {
                assertThat(Halves.toBf16(brain)).as("BF16 %x", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void float16_edges_roundAsIeee() {
        Tensor tensor = Tensor.float16(
                "h", new float[] {65519.99f, 65520f, 0x1p-25f, 0x1.8p-25f, 1.0009765625f, Float.NaN, -0f});

        assertThat(tensor.floats())
                .containsExactly(65504f, Float.POSITIVE_INFINITY, 0f, 0x1p-24f, 1.0009766f, Float.NaN, -0f);
        assertThat(Tensor.bfloat16("b", new float[] {1.00390625f, Float.NaN}).floats())
                .containsExactly(1f, Float.NaN);
    }
}
