package dev.fairlead.inference.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.Replies;
import dev.fairlead.spi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Tensors as JSON, which every server reads; written and read as streams, each number exactly. */
public final class JsonEncoding implements TensorEncoding {
    /** The largest answer read: 256 MiB. */
    private static final long MAX_ANSWER = 256L << 20;

    private static final int MAX_DEPTH = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_ANSWER)
                    .maxStringLength(64 << 20)
                    .build())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    @Override
    public Encoded encode(InferenceRequest request) {
        return new Encoded(Body.json(bytes(request)), Map.of());
    }

    private static byte[] bytes(InferenceRequest request) {
        long elements = request.inputs().stream().mapToLong(Tensor::size).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(1 << 24, 256 + elements * 8));
        try (JsonGenerator json = JSON.createGenerator(out)) {
            new JsonTensorWriter(json).request(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public InferenceResponse decode(Reply reply) throws IOException {
        if (reply.header("content-type").orElse("").startsWith("text/html")) {
            Replies.json(reply, 1 << 16);
        }
        return JsonTensorReader.response(JSON, reply.body(), "the answer of " + reply.uri());
    }
}
