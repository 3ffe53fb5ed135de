package dev.fairlead.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fairlead.inference.DataType;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.Tensor;
import dev.fairlead.spi.Body;
import dev.fairlead.support.Proves;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

@Proves("inference.exact-json")
class JsonRoundTripTest {
    private static Tensor roundTrip(Tensor tensor) throws IOException {
        Body.Bytes body = (Body.Bytes)
                new JsonEncoding().encode(InferenceRequest.of("m", tensor)).body();
        String request = new String(body.bytes(), StandardCharsets.UTF_8);
        String answer = request.replaceFirst("\\{\"inputs\":", "{\"model_name\":\"m\",\"outputs\":");
        return JsonTensorReader.response(
                        new JsonFactory(), new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), "test")
                .output();
    }

    @Property(tries = 300)
    void floats_anyBits_comeBack(@ForAll @Size(max = 20) int[] bits) throws IOException {
        float[] floats = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            float any = Float.intBitsToFloat(bits[i]);
            floats[i] = Float.isInfinite(any) ? 0 : any;
        }

        assertThat(roundTrip(Tensor.of("x", floats)).floats()).containsExactly(floats);
    }

    @Property(tries = 300)
    void doubles_anyBits_comeBack(@ForAll @Size(max = 20) long[] bits) throws IOException {
        double[] doubles = new double[bits.length];
        for (int i = 0; i < bits.length; i++) {
            double any = Double.longBitsToDouble(bits[i]);
            doubles[i] = Double.isInfinite(any) ? 0 : any;
        }

        assertThat(roundTrip(Tensor.of("x", doubles)).doubles()).containsExactly(doubles);
    }

    @Property(tries = 200)
    void integers_anyBits_comeBack(
            @ForAll @Size(max = 20) long[] longs,
            @ForAll @Size(max = 20) byte[] bytes,
            @ForAll @Size(max = 20) short[] shorts)
            throws IOException {
        for (DataType type : new DataType[] {DataType.INT64, DataType.UINT64}) {
            Tensor tensor = Tensor.wrap("x", type, longs);
            assertThat(roundTrip(tensor)).isEqualTo(tensor);
        }
        for (DataType type : new DataType[] {DataType.INT8, DataType.UINT8}) {
            Tensor tensor = Tensor.wrap("x", type, bytes);
            assertThat(roundTrip(tensor)).isEqualTo(tensor);
        }
        for (DataType type : new DataType[] {DataType.INT16, DataType.UINT16}) {
            Tensor tensor = Tensor.wrap("x", type, shorts);
            assertThat(roundTrip(tensor)).isEqualTo(tensor);
        }
    }

    @Property(tries = 200)
    void texts_anyCharacters_comeBack(@ForAll @Size(max = 10) String[] texts) throws IOException {
        Tensor tensor = Tensor.of("x", texts);

        assertThat(roundTrip(tensor).strings()).containsExactly(tensor.strings());
    }
}
