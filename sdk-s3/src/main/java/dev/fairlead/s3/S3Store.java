package dev.fairlead.s3;

import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.ObjectStore;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A bucket of S3. */
final class S3Store implements ObjectStore {
    private final S3Client client;

    S3Store(S3Client client) {
        this.client = client;
    }

    /**
     * Where an object is.
     *
     * @param bucket its bucket
     * @param key its key
     */
    record Place(String bucket, String key) {
        static Place of(URI address) {
            String bucket = address.getRawAuthority();
            String path = Objects.requireNonNullElse(address.getPath(), "");
            if (bucket == null || bucket.isEmpty() || bucket.contains("@")) {
                throw new IllegalArgumentException(address + " names no bucket");
            }
            return new Place(bucket, path.startsWith("/") ? path.substring(1) : path);
        }

        URI address(String scheme) {
            return S3Failures.address(scheme, bucket, key);
        }
    }

    @Override
    public Stream<Stored> list(URI folder) {
        Place place = Place.of(folder);
        String prefix = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return told(
                "list",
                folder,
                () -> client
                        .listObjectsV2Paginator(r -> r.bucket(place.bucket()).prefix(prefix))
                        .contents()
                        .stream()
                        .filter(o -> !o.key().endsWith("/"))
                        .map(o -> new Stored(
                                new Place(place.bucket(), o.key()).address(folder.getScheme()),
                                o.size(),
                                Objects.requireNonNullElse(o.eTag(), ""))));
    }

    @Override
    public Optional<Stored> find(URI object) {
        Place place = Place.of(object);
        try {
            HeadObjectResponse head = told(
                    "find",
                    object,
                    () -> client.headObject(r -> r.bucket(place.bucket()).key(place.key())));
            return Optional.of(new Stored(object, head.contentLength(), Objects.requireNonNullElse(head.eTag(), "")));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(URI object, long offset, long length) {
        Place place = Place.of(object);
        String range = "bytes=" + offset + "-" + (length < 0 ? "" : offset + length - 1);
        return told(
                "open",
                object,
                () -> client.getObject(r -> {
                    r.bucket(place.bucket()).key(place.key());
                    if (offset > 0 || length >= 0) {
                        r.range(range);
                    }
                }));
    }

    @Override
    public void put(URI object, Body.Source content, long length) {
        Place place = Place.of(object);
        new S3Upload(client, place, object, content, length).run();
    }

    @Override
    public void delete(URI object) {
        Place place = Place.of(object);
        var unused = told(
                "delete",
                object,
                () -> client.deleteObject(r -> r.bucket(place.bucket()).key(place.key())));
    }

    static <T> T told(String operation, URI object, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw S3Failures.told(operation, object, e);
        }
    }
}
