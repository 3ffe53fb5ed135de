package dev.fairlead.seldon.kserve;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.spi.PlatformSpi;
import java.util.List;
import java.util.Optional;

/** The client over the Kubernetes API. */
final class DefaultKServeClient implements KServeClient {
    private final MlPlatform root;
    private final PlatformSpi platform;
    private final Optional<String> namespace;

    DefaultKServeClient(MlPlatform platform) {
        this(platform, Optional.empty());
    }

    private DefaultKServeClient(MlPlatform root, Optional<String> namespace) {
        this.root = root;
        this.platform = PlatformSpi.of(root);
        this.namespace = namespace;
    }

    @Override
    public InferenceServices services() {
        return new DefaultInferenceServices(platform, namespace.orElseGet(root::namespace));
    }

    @Override
    public KServeClient inNamespace(String other) {
        return new DefaultKServeClient(root, Optional.of(other));
    }

    @Override
    public Operation<InferenceServiceStatus> operation(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new Problem("id", "must be namespace/name, as Operation.id() gave it", id)));
        }
        return new DefaultInferenceServices(platform, parts[0]).follow(parts[0], parts[1], null);
    }

    @Override
    public String toString() {
        return "KServeClient[" + namespace.orElse("the platform's namespace") + "]";
    }
}
