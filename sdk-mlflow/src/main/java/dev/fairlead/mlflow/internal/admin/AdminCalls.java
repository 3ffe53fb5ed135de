package dev.fairlead.mlflow.internal.admin;

import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Repeat;
import java.util.function.Consumer;

/** The calls of the administration, of both versions of the API. */
final class AdminCalls {
    static final String V2 = "/api/2.0/mlflow/";
    static final String V3 = "/api/3.0/mlflow/";

    private final Api api;

    AdminCalls(Api api) {
        this.api = api;
    }

    <T> T get(String root, String operation, Class<T> type, Consumer<CallSpec.Builder<T>> query) {
        CallSpec.Builder<T> spec = CallSpec.get(operation, root + operation, Decoder.json(Api.JSON, type));
        query.accept(spec);
        return api.calls().call(spec.build());
    }

    <T> T send(String method, String root, String operation, Object body, Class<T> type, Repeat<T> repeat) {
        return api.calls()
                .call(CallSpec.of(
                                operation,
                                method,
                                root + operation,
                                Body.json(Api.JSON.write(body)),
                                Decoder.json(Api.JSON, type))
                        .repeat(repeat)
                        .build());
    }

    /** Sends what ends in the same state however often it is sent. */
    void send(String method, String root, String operation, Object body) {
        send(method, root, operation, body, ServerWire.Empty.class, Repeat.safe());
    }

    /** Removes something; returns whether it was there. */
    boolean remove(String method, String root, String operation, Object body) {
        try {
            send(method, root, operation, body);
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
