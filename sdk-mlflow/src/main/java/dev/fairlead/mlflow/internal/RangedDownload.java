package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Downloads one file from the store itself, several parts at a time. The signed address is asked for anew when it has expired. */
final class RangedDownload {
    private static final int BUFFER = 1 << 16;

    private final Api api;
    private final Supplier<Optional<SignedAddress>> signer;
    private final String path;
    private final long size;
    private final Transfer transfer;
    private final Progress.Meter meter;
    private final AtomicReference<@Nullable SignedAddress> address = new AtomicReference<>();
    private final AtomicReference<@Nullable String> etag = new AtomicReference<>();
    private final AtomicBoolean whole = new AtomicBoolean();

    RangedDownload(
            Api api,
            Supplier<Optional<SignedAddress>> signer,
            String path,
            long size,
            Transfer transfer,
            Progress.Meter meter) {
        this.api = api;
        this.signer = signer;
        this.path = path;
        this.size = size;
        this.transfer = transfer;
        this.meter = meter;
    }

    /** Returns false where the store is not opened to us, cannot be reached from here, or knows no ranges. */
    boolean to(Path target) {
        Optional<SignedAddress> first = signer.get();
        if (first.isEmpty() || !first.get().reachable(api)) {
            return false;
        }
        address.set(first.get());
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            transfer.each(FileParts.of(size, transfer.options().partSize()), part -> fetch(part, out));
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact '" + path + "' cannot be stored as " + target, e);
        }
        return !whole.get();
    }

    private void fetch(FileParts.Part part, FileChannel out) {
        if (whole.get()) {
            return;
        }
        SignedAddress used = Objects.requireNonNull(address.get());
        Progress.Meter.Piece piece = meter.piece();
        try {
            call(used, part, out, piece);
        } catch (PermissionException e) {
            call(renewed(used, e), part, out, piece);
        }
    }

    private SignedAddress renewed(SignedAddress old, PermissionException cause) {
        SignedAddress now = Objects.requireNonNull(address.get());
        if (!now.equals(old)) {
            return now;
        }
        SignedAddress fresh = signer.get().orElseThrow(() -> cause);
        address.set(fresh);
        return fresh;
    }

    private void call(SignedAddress from, FileParts.Part part, FileChannel out, Progress.Meter.Piece piece) {
        CallSpec<Boolean> spec = from.<Boolean>call(
                        "artifacts/part", "GET", null, reply -> save(reply, part, out, piece))
                .header("Range", "bytes=" + part.offset() + "-" + part.last())
                .transfer(transfer.idle())
                .build();
        if (!from.calls(api.platform()).call(spec)) {
            whole.set(true);
        }
    }

    /** Returns false for an answer that is not the part. */
    private boolean save(Reply reply, FileParts.Part part, FileChannel out, Progress.Meter.Piece piece)
            throws IOException {
        if (reply.status() != 206) {
            return false;
        }
        unchanged(reply, part);
        piece.restart();
        byte[] buffer = new byte[BUFFER];
        InputStream in = reply.body();
        long done = 0;
        while (done < part.length()) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, part.length() - done));
            if (n < 0) {
                throw new EOFException(
                        "the store sent " + done + " of the " + part.length() + " bytes of part " + part.number());
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            for (long at = part.offset() + done; bytes.hasRemaining(); at = part.offset() + done + bytes.position()) {
                out.write(bytes, at);
            }
            done += n;
            piece.add(n);
        }
        return true;
    }

    /** Parts of two states of a file would make a third that never was. */
    private void unchanged(Reply reply, FileParts.Part part) {
        String range = reply.header("content-range").orElse("");
        String wanted = "bytes " + part.offset() + "-" + part.last() + "/" + size;
        String tag = reply.header("etag").orElse("");
        String first = etag.compareAndSet(null, tag) ? tag : etag.get();
        if (!range.isEmpty() && !range.equals(wanted) && !range.endsWith("/*")) {
            throw changed("asked for '" + wanted + "', the store sent '" + range + "'");
        }
        if (!tag.equals(first)) {
            throw changed("it was replaced while it was read");
        }
    }

    private InvalidResponseException changed(String why) {
        return new InvalidResponseException(
                "the artifact '" + path + "' did not arrive whole: " + why + "; read it again", null);
    }
}
