package dev.fairlead.inference.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.inference.DataType;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes requests. NaN is written as {@code null}, which servers read as NaN; infinity, BF16 and bytes that are no UTF-8 have no
 * form in JSON and are refused.
 */
final class JsonTensorWriter {
    private final JsonGenerator json;

    JsonTensorWriter(JsonGenerator json) {
        this.json = json;
    }

    void request(InferenceRequest request) throws IOException {
        json.writeStartObject();
        if (request.id().isPresent()) {
            json.writeStringField("id", request.id().get());
        }
        parameters(request.parameters());
        inputs(request.inputs());
        if (!request.outputs().isEmpty()) {
            json.writeArrayFieldStart("outputs");
            for (String output : request.outputs()) {
                json.writeStartObject();
                json.writeStringField("name", output);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void inputs(List<Tensor> tensors) throws IOException {
        json.writeArrayFieldStart("inputs");
        for (int i = 0; i < tensors.size(); i++) {
            tensor(tensors.get(i), "inputs[" + i + "]");
        }
        json.writeEndArray();
    }

    private void tensor(Tensor tensor, String place) throws IOException {
        if (tensor.datatype() == DataType.BF16) {
            throw refused(
                    place + ".datatype",
                    "must have a form in JSON, which BF16 has not; use float16 or an FP32 tensor",
                    "BF16");
        }
        json.writeStartObject();
        json.writeStringField("name", tensor.name());
        json.writeArrayFieldStart("shape");
        for (long dimension : tensor.shape()) {
            json.writeNumber(dimension);
        }
        json.writeEndArray();
        json.writeStringField("datatype", tensor.datatype().name());
        parameters(tensor.parameters());
        json.writeArrayFieldStart("data");
        elements(tensor, place + ".data");
        json.writeEndArray();
        json.writeEndObject();
    }

    private void parameters(Map<String, Object> parameters) throws IOException {
        if (!parameters.isEmpty()) {
            json.writeObjectFieldStart("parameters");
            fields(parameters);
            json.writeEndObject();
        }
    }

    private void fields(Map<String, Object> parameters) throws IOException {
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            json.writeFieldName(parameter.getKey());
            if (parameter.getValue() instanceof Boolean b) {
                json.writeBoolean(b);
            } else if (parameter.getValue() instanceof Number n) {
                json.writeNumber(n.toString());
            } else {
                json.writeString(String.valueOf(parameter.getValue()));
            }
        }
    }

    private void elements(Tensor tensor, String place) throws IOException {
        switch (tensor.datatype()) {
            case BOOL -> {
                for (boolean b : tensor.booleans()) {
                    json.writeBoolean(b);
                }
            }
            case FP32 -> floats((FloatBuffer) tensor.buffer(), place);
            case FP64 -> doubles((DoubleBuffer) tensor.buffer(), place);
            case FP16 -> floats(FloatBuffer.wrap(tensor.floats()), place);
            case BYTES -> texts(tensor.byteArrays(), place);
            case INT64, UINT64 -> longs((LongBuffer) tensor.buffer(), tensor.datatype());
            default -> ints(tensor);
        }
    }

    private void floats(FloatBuffer elements, String place) throws IOException {
        while (elements.hasRemaining()) {
            float value = elements.get();
            if (Float.isFinite(value)) {
                json.writeNumber(value);
            } else {
                notFinite(Float.isNaN(value), place, elements.position() - 1, value);
            }
        }
    }

    private void doubles(DoubleBuffer elements, String place) throws IOException {
        while (elements.hasRemaining()) {
            double value = elements.get();
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                notFinite(Double.isNaN(value), place, elements.position() - 1, value);
            }
        }
    }

    private void notFinite(boolean nan, String place, int index, double value) throws IOException {
        if (!nan) {
            throw refused(
                    place + "[" + index + "]", "must be finite, for JSON has no infinity", Double.toString(value));
        }
        json.writeNull();
    }

    private void longs(LongBuffer elements, DataType type) throws IOException {
        while (elements.hasRemaining()) {
            long value = elements.get();
            if (type == DataType.UINT64 && value < 0) {
                json.writeNumber(Long.toUnsignedString(value));
            } else {
                json.writeNumber(value);
            }
        }
    }

    private void ints(Tensor tensor) throws IOException {
        boolean unsigned = tensor.datatype().isUnsigned();
        if (tensor.buffer() instanceof ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte b = bytes.get();
                json.writeNumber(unsigned ? b & 0xff : b);
            }
        } else if (tensor.buffer() instanceof ShortBuffer shorts) {
            while (shorts.hasRemaining()) {
                short s = shorts.get();
                json.writeNumber(unsigned ? s & 0xffff : s);
            }
        } else {
            IntBuffer ints = (IntBuffer) tensor.buffer();
            while (ints.hasRemaining()) {
                int i = ints.get();
                json.writeNumber(unsigned ? i & 0xffffffffL : i);
            }
        }
    }

    private void texts(byte[][] elements, String place) throws IOException {
        for (int i = 0; i < elements.length; i++) {
            try {
                CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(elements[i]));
                json.writeString(text.toString());
            } catch (CharacterCodingException e) {
                throw refused(
                        place + "[" + i + "]",
                        "must be UTF-8, for JSON holds text only; encode it as base64 and set the parameter content_type",
                        elements[i].length + " bytes");
            }
        }
    }

    private static InvalidValueException refused(String place, String rule, String value) {
        return new InvalidValueException("inference request", List.of(new Problem(place, rule, value)));
    }
}
