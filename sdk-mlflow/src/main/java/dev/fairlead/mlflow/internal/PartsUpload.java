package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.internal.wire.ArtifactWire;
import dev.fairlead.mlflow.internal.wire.ServerWire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Uploads one file in parts straight to the store behind the server, which is given up as a whole when a part fails for good. */
final class PartsUpload {
    private static final String OFFER = "upload in parts";

    private final Api api;
    private final String folder;
    private final String name;
    private final Path file;
    private final long size;
    private final Transfer transfer;
    private final Progress.Meter meter;

    /** Creates the upload; the path is that on the server. */
    PartsUpload(Api api, String path, Path file, long size, Transfer transfer, Progress.Meter meter) {
        this.api = api;
        this.folder = Paths.parent(path);
        this.name = path.substring(path.lastIndexOf('/') + 1);
        this.file = file;
        this.size = size;
        this.transfer = transfer;
        this.meter = meter;
    }

    /** Returns false where it is not offered, or the store cannot be reached from here. */
    boolean run() {
        if (!api.offers().mayTry(OFFER)) {
            return false;
        }
        List<FileParts.Part> parts = FileParts.of(size, transfer.options().partSize());
        ArtifactWire.Parts begun;
        try {
            begun = call("create", new ArtifactWire.CreateParts(name, parts.size()), ArtifactWire.Parts.class);
        } catch (UnsupportedByServerException e) {
            api.offers().refused(OFFER);
            return false;
        }
        try {
            Map<Integer, ArtifactWire.PartAddress> addresses = addresses(begun, parts.size());
            ArtifactWire.PartAddress first = addresses.get(1);
            if (first == null || !signed(first).reachable(api)) {
                api.offers().refused(OFFER);
                abort(begun);
                return false;
            }
            complete(begun, send(parts, addresses));
            return true;
        } catch (RuntimeException e) {
            giveUp(begun, e);
            throw e;
        }
    }

    private static SignedAddress signed(ArtifactWire.PartAddress part) {
        return SignedAddress.of(part.url(), part.headers(), null);
    }

    private static Map<Integer, ArtifactWire.PartAddress> addresses(ArtifactWire.Parts begun, int count) {
        Map<Integer, ArtifactWire.PartAddress> byNumber = Decode.list(begun.credentials()).stream()
                .collect(Collectors.toMap(ArtifactWire.PartAddress::partNumber, Function.identity(), (a, b) -> a));
        if (byNumber.size() != count || !byNumber.containsKey(1) || !byNumber.containsKey(count)) {
            throw new InvalidResponseException(
                    "mlflow names " + byNumber.size() + " addresses for an upload in " + count + " parts", null);
        }
        return byNumber;
    }

    private List<ArtifactWire.Part> send(List<FileParts.Part> parts, Map<Integer, ArtifactWire.PartAddress> addresses) {
        Map<Integer, ArtifactWire.Part> sent = new ConcurrentHashMap<>();
        transfer.each(parts, part -> {
            ArtifactWire.PartAddress address = addresses.get(part.number());
            if (address != null) {
                sent.put(part.number(), send(part, address));
            }
        });
        return sent.values().stream()
                .sorted(Comparator.comparingInt(ArtifactWire.Part::partNumber))
                .toList();
    }

    private ArtifactWire.Part send(FileParts.Part part, ArtifactWire.PartAddress address) {
        SignedAddress target = signed(address);
        Body body = Body.stream(
                meter.piece().counting(FileParts.read(file, part)), part.length(), "application/octet-stream");
        String etag = target.calls(api.platform())
                .call(target.call(
                                "artifacts/part",
                                "PUT",
                                body,
                                reply -> reply.header("etag").orElse(""))
                        .transfer(transfer.idle())
                        .build());
        return new ArtifactWire.Part(part.number(), etag, address.url());
    }

    private void complete(ArtifactWire.Parts begun, List<ArtifactWire.Part> parts) {
        try {
            call("complete", new ArtifactWire.CompleteParts(name, begun.uploadId(), parts), ServerWire.Empty.class);
        } catch (ServiceException e) {
            if (e.details().attempts().size() < 2) {
                throw e;
            }
            // an earlier attempt may have done it, after which the store knows no such upload: the listing tells
        }
    }

    private void abort(ArtifactWire.Parts begun) {
        call("abort", new ArtifactWire.AbortParts(name, begun.uploadId()), ServerWire.Empty.class);
    }

    /** Lets the store forget the parts; the interruption that may have ended the upload would end this as well. */
    private void giveUp(ArtifactWire.Parts begun, RuntimeException cause) {
        boolean interrupted = Thread.interrupted();
        try {
            abort(begun);
        } catch (MlPlatformException e) {
            cause.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A lost answer to create leaves an upload without parts, which costs nothing; the others end in the same state. */
    private <T> T call(String step, Object body, Class<T> type) {
        return api.calls()
                .call(CallSpec.post(
                                "artifacts/parts-" + step,
                                ProxiedRoute.ROOT + "mpu/" + step + "/" + Paths.encoded(folder),
                                Body.json(Api.JSON.write(body)),
                                Decoder.json(Api.JSON, type))
                        .repeatable()
                        .transfer(transfer.idle(size))
                        .build());
    }
}
