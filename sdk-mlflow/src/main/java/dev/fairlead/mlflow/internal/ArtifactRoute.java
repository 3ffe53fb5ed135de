package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the files of one run or logged model are reached. */
sealed interface ArtifactRoute permits ProxiedRoute, DirectRoute {
    /** Uploads a large local file in parts, straight to the store; returns false where that is not offered, and nothing was done. */
    boolean uploadInParts(String path, Path file, long size, Transfer transfer, Progress.Meter meter);

    /** Uploads content in one piece. */
    void upload(String path, ArtifactSource content, Transfer transfer, Progress.Meter meter);

    /** Starts the download of a file through the server. */
    <T> CallSpec<T> get(String path, Decoder<T> decoder, @Nullable Duration idle);

    /** Asks for the address of a file in the store itself, where the server signs them. */
    Optional<SignedAddress> sign(String path);

    /** Removes a file or folder. */
    void delete(String path);

    /** Chooses the route by the address of the artifacts. */
    static ArtifactRoute of(Api api, ArtifactOwner owner, URI root) {
        String scheme = Objects.requireNonNullElse(root.getScheme(), "file").toLowerCase(Locale.ROOT);
        if (scheme.equals("mlflow-artifacts")) {
            String authority = root.getRawAuthority();
            if (authority != null && !authority.equals(api.baseUri().getRawAuthority())) {
                throw new UnsupportedArtifactStoreException("the artifacts of " + owner
                        + " are handed out by another server (" + root
                        + "); make a client for that one, credentials of " + api.baseUri() + " are not sent there");
            }
            return new ProxiedRoute(api, root.getPath());
        }
        String proxy = api.baseUri() + ProxiedRoute.FILES;
        if (root.toString().startsWith(proxy)) {
            return new ProxiedRoute(api, "/" + root.toString().substring(proxy.length()));
        }
        return new DirectRoute(api, owner, root, scheme);
    }

    /** Sends content through the server. */
    static void send(
            Api api, String method, String url, ArtifactSource content, Transfer transfer, Progress.Meter meter) {
        Body body = Body.stream(meter.piece().counting(content::open), content.length(), "application/octet-stream");
        api.calls()
                .call(CallSpec.of("artifacts/upload", method, url, body, Decoder.nothing())
                        .repeatable()
                        .transfer(transfer.idle(content.length()))
                        .build());
    }
}
