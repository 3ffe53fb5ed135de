package dev.fairlead.mlflow.internal;

import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.mlflow.internal.wire.ArtifactWire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files lie in a store that clients are meant to reach themselves. The server reads it for us, takes small files, and opens S3; the
 * rest needs the store.
 */
final class DirectRoute implements ArtifactRoute {
    private static final long SMALL = 10L << 20;
    /** S3 takes no more in one piece. */
    private static final long ONE_PIECE = 5L << 30;

    private final Api api;
    private final ArtifactOwner owner;
    private final URI root;
    private final String scheme;

    DirectRoute(Api api, ArtifactOwner owner, URI root, String scheme) {
        this.api = api;
        this.owner = owner;
        this.root = root;
        this.scheme = scheme;
    }

    @Override
    public boolean uploadInParts(String path, Path file, long size, Transfer transfer, Progress.Meter meter) {
        return false;
    }

    @Override
    public void upload(String path, ArtifactSource content, Transfer transfer, Progress.Meter meter) {
        long length = content.length();
        if (length < 0) {
            uploadCopy(path, content, transfer, meter);
        } else if (length > 0 && length <= SMALL && owner instanceof ArtifactOwner.OfRun run) {
            String url = "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=" + CallSpec.encode(run.id()) + "&path="
                    + CallSpec.encode(path);
            ArtifactRoute.send(api, "POST", url, content, transfer, meter);
        } else if (length > ONE_PIECE || !uploadSigned(path, content, transfer, meter)) {
            uploadToStore(path, content, meter);
        }
    }

    /** Stores want to know the length before. */
    private void uploadCopy(String path, ArtifactSource content, Transfer transfer, Progress.Meter meter) {
        try {
            Path copy = Files.createTempFile("fairlead-", ".artifact");
            try {
                try (InputStream in = content.open()) {
                    Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                }
                upload(path, ArtifactSource.of(copy), transfer, meter);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the content of '" + path + "' cannot be kept in a temporary file", e);
        }
    }

    private boolean uploadSigned(String path, ArtifactSource content, Transfer transfer, Progress.Meter meter) {
        if (!scheme.equals("s3")) {
            return false; // the server signs for no other store, and fails where it lacks that store's library
        }
        Optional<SignedAddress> target = sign("artifacts/presigned-upload-url", path);
        if (target.isEmpty() || !target.get().reachable(api)) {
            return false;
        }
        String type = target.get().headers().entrySet().stream()
                .filter(h -> h.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/octet-stream");
        Body body = Body.stream(meter.piece().counting(content::open), content.length(), type);
        target.get()
                .calls(api.platform())
                .call(target.get()
                        .call("artifacts/upload", "PUT", body, Decoder.nothing())
                        .transfer(transfer.idle())
                        .build());
        return true;
    }

    @Override
    public Optional<SignedAddress> sign(String path) {
        return sign("artifacts/presigned-download-url", path);
    }

    private Optional<SignedAddress> sign(String route, String path) {
        String offer = scheme + " " + route;
        if (!api.offers().mayTry(offer)) {
            return Optional.empty();
        }
        try {
            ArtifactWire.Signed signed = api.search(route, owner.sign(path), ArtifactWire.Signed.class);
            return Optional.of(SignedAddress.of(signed.presignedUrl(), signed.headers(), signed.fileSize()));
        } catch (UnsupportedByServerException e) {
            api.offers().refused(offer);
            return Optional.empty();
        } catch (NotFoundException e) {
            return Optional.empty(); // the file itself is then asked for, and says whether it is there
        }
    }

    private void uploadToStore(String path, ArtifactSource content, Progress.Meter meter) {
        ObjectStore store = store().orElseThrow(() ->
                unsupported("'" + path + "' cannot be uploaded to " + root + ": " + limits() + "; " + remedy()));
        URI address = Paths.below(root, path);
        try {
            store.put(address, meter.piece().counting(content::open), content.length());
        } catch (IOException e) {
            throw new UncheckedIOException("the content of '" + path + "' cannot be read, or stored at " + address, e);
        }
        if (scheme.equals("file") && !listed(path, content.length())) {
            store.delete(address);
            throw unsupported("'" + path + "' cannot be uploaded to " + root
                    + ": the server does not see what is written there from here; " + remedy());
        }
    }

    private boolean listed(String path, long length) {
        return Decode.list(owner.list(api, Paths.parent(path)).files()).stream()
                .anyMatch(f -> f.path().equals(path) && Objects.requireNonNullElse(f.fileSize(), 0L) == length);
    }

    private Optional<ObjectStore> store() {
        return scheme.equals("file")
                ? LocalStore.of(root, owner.ownFolders()).map(ObjectStore.class::cast)
                : ObjectStore.of(scheme, api.platform());
    }

    private String limits() {
        String taken = owner instanceof ArtifactOwner.OfRun
                ? "the server takes files of up to 10 MiB, and not empty, for this store"
                : "the server takes no files of logged models for this store";
        return scheme.equals("s3") ? taken + ", and signs addresses for up to 5 GiB in one piece" : taken;
    }

    private String remedy() {
        String server =
                "let the server hand out artifacts itself (mlflow server --serve-artifacts, experiments with a location of "
                        + "mlflow-artifacts:)";
        return scheme.equals("s3")
                ? "add the module dev.fairlead:fairlead-s3 and keys for the store, or " + server
                : server;
    }

    private static UnsupportedArtifactStoreException unsupported(String message) {
        return new UnsupportedArtifactStoreException(message);
    }

    @Override
    public <T> CallSpec<T> get(String path, Decoder<T> decoder, @Nullable Duration idle) {
        return owner.read(path, decoder).transfer(idle).build();
    }

    @Override
    public void delete(String path) {
        ObjectStore store = store().orElseThrow(() -> unsupported("'" + path + "' cannot be deleted from " + root
                + ": the server deletes only what it hands out itself; "
                + (scheme.equals("s3") ? "add the module dev.fairlead:fairlead-s3 and keys for the store, or " : "")
                + "delete it in the store"));
        URI address = Paths.below(root, path);
        try (Stream<ObjectStore.Stored> below = store.list(address)) {
            below.map(ObjectStore.Stored::address).toList().forEach(store::delete);
        }
        store.delete(address);
    }
}
