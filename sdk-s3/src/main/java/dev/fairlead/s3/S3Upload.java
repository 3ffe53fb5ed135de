package dev.fairlead.s3;

import dev.fairlead.spi.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads one object: in one piece, or, when it is large, in parts of which each is repeated by itself. */
final class S3Upload {
    private static final long IN_PARTS = 64L << 20;
    private static final long PART = 16L << 20;
    private static final long MOST_PARTS = 10_000;
    private static final String TYPE = "application/octet-stream";

    private final S3Client client;
    private final S3Store.Place place;
    private final URI object;
    private final Body.Source content;
    private final long length;

    S3Upload(S3Client client, S3Store.Place place, URI object, Body.Source content, long length) {
        this.client = client;
        this.place = place;
        this.object = object;
        this.content = content;
        this.length = length;
    }

    void run() {
        if (length <= IN_PARTS) {
            var unused = S3Store.told(
                    "put",
                    object,
                    () -> client.putObject(r -> r.bucket(place.bucket()).key(place.key()), body(0, length)));
        } else {
            inParts();
        }
    }

    private void inParts() {
        String id = S3Store.told(
                        "put",
                        object,
                        () -> client.createMultipartUpload(
                                r -> r.bucket(place.bucket()).key(place.key())))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(id);
            var unused = S3Store.told(
                    "put",
                    object,
                    () -> client.completeMultipartUpload(r -> r.bucket(place.bucket())
                            .key(place.key())
                            .uploadId(id)
                            .multipartUpload(m -> m.parts(parts))));
        } catch (RuntimeException e) {
            giveUp(id, e);
            throw e;
        }
    }

    private List<CompletedPart> parts(String id) {
        long size = Math.max(PART, (length + MOST_PARTS - 1) / MOST_PARTS);
        List<CompletedPart> parts = new ArrayList<>();
        for (long offset = 0; offset < length; offset += size) {
            long start = offset;
            long count = Math.min(size, length - start);
            int number = parts.size() + 1;
            String etag = S3Store.told(
                            "put",
                            object,
                            () -> client.uploadPart(
                                    r -> r.bucket(place.bucket())
                                            .key(place.key())
                                            .uploadId(id)
                                            .partNumber(number),
                                    body(start, count)))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        return parts;
    }

    private void giveUp(String id, RuntimeException cause) {
        boolean interrupted = Thread.interrupted();
        try {
            var unused = client.abortMultipartUpload(
                    r -> r.bucket(place.bucket()).key(place.key()).uploadId(id));
        } catch (SdkException e) {
            cause.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Opens the content anew for each attempt. */
    private RequestBody body(long offset, long count) {
        ContentStreamProvider provider = () -> {
            try {
                return content.part(offset, count).open();
            } catch (IOException e) {
                throw new UncheckedIOException("the content for " + object + " cannot be read", e);
            }
        };
        return RequestBody.fromContentProvider(provider, count, TYPE);
    }
}
