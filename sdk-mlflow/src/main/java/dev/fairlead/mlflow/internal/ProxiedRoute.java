package dev.fairlead.mlflow.internal;

import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.internal.wire.ArtifactWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server hands the files out itself; where they lie in a store, it opens that for large ones. */
final class ProxiedRoute implements ArtifactRoute {
    static final String ROOT = "/api/2.0/mlflow-artifacts/";
    static final String FILES = ROOT + "artifacts/";
    private static final String SIGN = "signed download through the proxy";

    private final Api api;
    private final String base;

    /** Creates the route; the base is the folder of the artifacts. */
    ProxiedRoute(Api api, String base) {
        this.api = api;
        this.base = base.replaceAll("^/+|/+$", "");
    }

    private String full(String path) {
        return Paths.join(base, path);
    }

    private String url(String path) {
        return FILES + Paths.encoded(full(path));
    }

    @Override
    public boolean uploadInParts(String path, Path file, long size, Transfer transfer, Progress.Meter meter) {
        return new PartsUpload(api, full(path), file, size, transfer, meter).run();
    }

    @Override
    public void upload(String path, ArtifactSource content, Transfer transfer, Progress.Meter meter) {
        ArtifactRoute.send(api, "PUT", url(path), content, transfer, meter);
    }

    @Override
    public <T> CallSpec<T> get(String path, Decoder<T> decoder, @Nullable Duration idle) {
        return CallSpec.get("artifacts/download", url(path), decoder)
                .transfer(idle)
                .build();
    }

    @Override
    public Optional<SignedAddress> sign(String path) {
        if (!api.offers().mayTry(SIGN)) {
            return Optional.empty();
        }
        try {
            ArtifactWire.Signed signed = api.calls()
                    .call(CallSpec.get(
                                    "artifacts/sign",
                                    ROOT + "presigned/" + Paths.encoded(full(path)),
                                    Decoder.json(Api.JSON, ArtifactWire.Signed.class))
                            .build());
            return Optional.of(SignedAddress.of(signed.url(), signed.headers(), signed.fileSize()));
        } catch (UnsupportedByServerException | NotFoundException e) {
            if (e instanceof UnsupportedByServerException) {
                api.offers().refused(SIGN);
            }
            return Optional.empty(); // the file itself is then asked for, and says whether it is there
        }
    }

    @Override
    public void delete(String path) {
        api.calls()
                .call(CallSpec.of("artifacts/delete", "DELETE", url(path), null, Decoder.nothing())
                        .repeatable()
                        .build());
    }
}
