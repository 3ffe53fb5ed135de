package dev.fairlead.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON codec on Jackson 2. */
public final class JacksonCodec implements JsonCodec {
    /** Component names as they are. */
    public static final JsonCodec CAMEL = new JacksonCodec(PropertyNamingStrategies.LOWER_CAMEL_CASE);
    /** Component names in snake case. */
    public static final JsonCodec SNAKE = new JacksonCodec(PropertyNamingStrategies.SNAKE_CASE);

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final int MAX_DEPTH = 200;

    /** Writes only, doubles by the fast algorithm. */
    private static final JsonFactory STREAMING = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final JsonMapper mapper;

    private JacksonCodec(PropertyNamingStrategy naming) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(64 << 20)
                        .build())
                .build();
        mapper = JsonMapper.builder(factory)
                .propertyNamingStrategy(naming)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }

    @Override
    public byte[] write(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] build(JsonOutput.Content content) {
        BufferRecycler buffers = STREAMING._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(buffers)) {
            try (JsonGenerator json = STREAMING.createGenerator(bytes)) {
                content.write(new JacksonOutput(json));
            }
            return bytes.getClearAndRelease();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            buffers.releaseToPool();
        }
    }

    @Override
    public String text(@Nullable Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    @Override
    public <T> T read(byte[] json, Class<T> type, String what) {
        try {
            return present(mapper.readValue(json, type), what);
        } catch (IOException e) {
            throw invalid(what, e);
        }
    }

    @Override
    public <T> T read(InputStream json, Class<T> type, String what) throws IOException {
        try {
            return present(mapper.readValue(json, type), what);
        } catch (JsonProcessingException e) {
            throw invalid(what, e);
        }
    }

    @Override
    public Map<String, Object> object(byte[] json, String what) {
        try {
            return present(mapper.readValue(json, OBJECT), what);
        } catch (IOException e) {
            throw invalid(what, e);
        }
    }

    @Override
    public @Nullable Object tree(byte[] json, String what) {
        try {
            return mapper.readValue(json, Object.class);
        } catch (IOException e) {
            throw invalid(what, e);
        }
    }

    @Override
    public <T> T convert(@Nullable Object tree, Class<T> type, String what) {
        try {
            return present(mapper.convertValue(tree, type), what);
        } catch (IllegalArgumentException e) {
            throw invalid(what, e);
        }
    }

    @Override
    public Map<String, Object> toTree(Object record) {
        return mapper.convertValue(record, OBJECT);
    }

    private static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new InvalidResponseException(what + " is null where a value was expected", null);
        }
        return value;
    }

    private static InvalidResponseException invalid(String what, Exception e) {
        String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
        return new InvalidResponseException(what + " is not the JSON that was expected: " + reason, e);
    }
}
