package dev.fairlead.inference.internal;

import dev.fairlead.config.CallOptions;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.ModelMetadata;
import dev.fairlead.inference.ServerMetadata;
import dev.fairlead.inference.TensorMetadata;
import dev.fairlead.inference.internal.TensorEncoding.Encoded;
import dev.fairlead.inference.internal.wire.ModelMetadataWire;
import dev.fairlead.inference.internal.wire.ServerMetadataWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Repeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol over REST. No compression is asked for: MLServer spends ten times the call on it.
 */
public final class RestWire implements InferenceWire {
    private static final JsonCodec CODEC = JsonCodec.camelCase();

    private final HttpCalls calls;
    private final String prefix;
    private final TensorEncoding encoding;

    /** Creates the wire; {@code prefix} stands before {@code /v2}. */
    public RestWire(HttpCalls calls, String prefix, TensorEncoding encoding) {
        this.calls = calls;
        this.prefix = prefix;
        this.encoding = encoding;
    }

    @Override
    public InferenceResponse infer(InferenceRequest request) {
        Encoded encoded = encoding.encode(request);
        String path = model(request.model())
                + request.version().map(v -> "/versions/" + CallSpec.encode(v)).orElse("")
                + "/infer";
        CallSpec.Builder<InferenceResponse> spec = CallSpec.post("models/infer", path, encoded.body(), encoding::decode)
                .repeat(request.safe() ? Repeat.safe() : Repeat.onlyIfRefused())
                .header("Accept-Encoding", "identity");
        encoded.headers().forEach(spec::header);
        return calls.call(spec.build());
    }

    @Override
    public ModelMetadata metadata(String model) {
        ModelMetadataWire wire = get("models/metadata", model(model), Decoder.json(CODEC, ModelMetadataWire.class));
        return ModelMetadata.builder()
                .name(wire.name() == null ? model : wire.name())
                .platform(wire.platform() == null ? "" : wire.platform())
                .versions(orEmpty(wire.versions()))
                .inputs(tensors(wire.inputs()))
                .outputs(tensors(wire.outputs()))
                .build();
    }

    private static List<TensorMetadata> tensors(@Nullable List<ModelMetadataWire.TensorWire> tensors) {
        return orEmpty(tensors).stream()
                .map(t -> TensorMetadata.builder()
                        .name(t.name())
                        .datatype(t.datatype())
                        .shape(orEmpty(t.shape()))
                        .build())
                .toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    @Override
    public ServerMetadata metadata() {
        ServerMetadataWire wire = get("server/metadata", prefix + "/v2", Decoder.json(CODEC, ServerMetadataWire.class));
        return ServerMetadata.builder()
                .name(wire.name())
                .version(wire.version() == null ? "" : wire.version())
                .extensions(orEmpty(wire.extensions()))
                .build();
    }

    @Override
    public boolean live() {
        return ask("server/live", prefix + "/v2/health/live");
    }

    @Override
    public boolean ready() {
        return ask("server/ready", prefix + "/v2/health/ready");
    }

    @Override
    public boolean ready(String model) {
        try {
            return ask("models/ready", model(model) + "/ready");
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Asks a question whose answer is the status: 200 for yes, 400 and 503 for no. */
    private boolean ask(String operation, String path) {
        try {
            return get(operation, path, reply -> true);
        } catch (ServiceException e) {
            if (e.status() == 503 || e.status() == 400) {
                return false;
            }
            throw e;
        }
    }

    private <T> T get(String operation, String path, Decoder<T> decoder) {
        return calls.call(CallSpec.get(operation, path, decoder)
                .header("Accept-Encoding", "identity")
                .build());
    }

    private String model(String model) {
        return prefix + "/v2/models/" + CallSpec.encode(model);
    }

    @Override
    public InferenceWire with(CallOptions options) {
        return new RestWire(calls.with(options), prefix, encoding);
    }
}
