package dev.fairlead.inference.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.inference.DataType;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads answers as a stream: fields in any order, data flat or nested, unknown fields passed over. */
final class JsonTensorReader {
    private static final int LARGEST_GUESS = 1 << 24;

    private final JsonParser json;

    private JsonTensorReader(JsonParser json) {
        this.json = json;
    }

    static InferenceResponse response(JsonFactory factory, InputStream in, String what) throws IOException {
        try (JsonParser json = factory.createParser(in)) {
            return new JsonTensorReader(json).response();
        } catch (JsonProcessingException e) {
            throw new InvalidResponseException(what + " is not an inference answer: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | InvalidValueException e) {
            throw new InvalidResponseException(what + " is not an inference answer: " + e.getMessage(), e);
        }
    }

    private InferenceResponse response() throws IOException {
        InferenceResponse.Builder response = InferenceResponse.builder();
        boolean named = false;
        expect(json.nextToken(), JsonToken.START_OBJECT, "the answer");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "model_name" -> {
                    response.modelName(json.getText());
                    named = true;
                }
                case "model_version" -> ifPresent(value, () -> response.modelVersion(json.getText()));
                case "id" -> ifPresent(value, () -> response.id(json.getText()));
                case "parameters" -> response.parameters(parameters());
                case "outputs" -> response.outputs(outputs());
                default -> json.skipChildren();
            }
        }
        if (!named) {
            throw new IllegalArgumentException("model_name is missing");
        }
        return response.build();
    }

    private static void ifPresent(JsonToken value, Reading reading) throws IOException {
        if (value != JsonToken.VALUE_NULL) {
            reading.read();
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }

    private List<Tensor> outputs() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        expect(json.currentToken(), JsonToken.START_ARRAY, "outputs");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            tensors.add(tensor("outputs[" + tensors.size() + "]"));
        }
        return tensors;
    }

    private Tensor tensor(String place) throws IOException {
        String name = "";
        String datatype = "";
        long @Nullable [] shape = null;
        Map<String, Object> parameters = Map.of();
        Object elements = null;
        TokenBuffer early = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "datatype" -> datatype = json.getText();
                case "shape" -> shape = shape(place);
                case "parameters" -> parameters = parameters();
                case "data" -> {
                    if (datatype.isEmpty()) {
                        early = new TokenBuffer(json);
                        early.copyCurrentStructure(json);
                    } else {
                        elements = data(json, type(datatype, place), shape, place);
                    }
                }
                default -> json.skipChildren();
            }
        }
        DataType type = type(datatype, place);
        if (early != null) {
            elements = data(early, type, shape, place);
        }
        if (elements == null || shape == null) {
            throw new IllegalArgumentException(place + (shape == null ? " has no shape" : " has no data"));
        }
        return tensor(name, type, elements, shape, parameters);
    }

    /** An empty shape is that of a single value, which we hold as one dimension. */
    private static Tensor tensor(
            String name, DataType type, Object elements, long[] shape, Map<String, Object> parameters) {
        Tensor tensor = Tensor.wrap(name, type, elements, shape.length == 0 ? new long[] {1} : shape);
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            tensor = tensor.withParameter(parameter.getKey(), parameter.getValue());
        }
        return tensor;
    }

    private static DataType type(String datatype, String place) {
        return DataType.find(datatype)
                .orElseThrow(
                        () -> new IllegalArgumentException(place + " has the unknown datatype '" + datatype + "'"));
    }

    private long[] shape(String place) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY, place + ".shape");
        long[] shape = new long[8];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (size == shape.length) {
                shape = Arrays.copyOf(shape, size * 2);
            }
            shape[size++] = json.getLongValue();
        }
        return Arrays.copyOf(shape, size);
    }

    /** Reads data that came before their type. */
    private static Object data(TokenBuffer early, DataType type, long @Nullable [] shape, String place)
            throws IOException {
        try (JsonParser later = early.asParser()) {
            later.nextToken();
            return data(later, type, shape, place);
        }
    }

    private static Object data(JsonParser json, DataType type, long @Nullable [] shape, String place)
            throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY, place + ".data");
        Elements elements = new Elements(type, guess(shape));
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token == null || !token.isScalarValue()) {
                throw new IllegalArgumentException(place + ".data holds something that is no element");
            } else {
                try {
                    elements.add(json);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(place + "." + e.getMessage(), e);
                }
            }
        }
        return elements.toArray();
    }

    private static int guess(long @Nullable [] shape) {
        long count = 1;
        for (long dimension : shape == null ? new long[] {16} : shape) {
            count = dimension < 0 || dimension > LARGEST_GUESS
                    ? LARGEST_GUESS
                    : Math.min(LARGEST_GUESS, count * dimension);
        }
        return (int) count;
    }

    private Map<String, Object> parameters() throws IOException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return parameters;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isBoolean()) {
                parameters.put(key, json.getBooleanValue());
            } else if (value.isNumeric()) {
                parameters.put(key, json.getNumberValue());
            } else if (value == JsonToken.VALUE_STRING) {
                parameters.put(key, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return parameters;
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted, String place) {
        if (token != wanted) {
            String kind = wanted == JsonToken.START_OBJECT ? "an object" : "an array";
            throw new IllegalArgumentException(place + " is not " + kind);
        }
    }
}
