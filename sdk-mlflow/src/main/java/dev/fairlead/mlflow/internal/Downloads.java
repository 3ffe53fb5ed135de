package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.TransferOptions;
import dev.fairlead.mlflow.TransferSummary;
import dev.fairlead.mlflow.WhenSame;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Downloads files beside their targets and moves each there when it is whole. */
final class Downloads {
    /** The connection gives 8 KiB at a time; as many writes would cost more than the reading. */
    private static final int BUFFER = 256 << 10;

    private final Api api;
    private final ArtifactOwner owner;
    private final URI root;
    private final ArtifactRoute route;
    private final TransferOptions options;

    Downloads(Api api, ArtifactOwner owner, URI root, ArtifactRoute route, TransferOptions options) {
        this.api = api;
        this.owner = owner;
        this.root = root;
        this.route = route;
        this.options = options;
    }

    /** Downloads files; their places are paths below the folder. */
    TransferSummary all(Map<String, Artifact> files, Path folder) {
        Map<Path, Artifact> targets = new LinkedHashMap<>();
        files.forEach((place, file) -> targets.put(Paths.local(folder, place), file));
        Transfer transfer = Transfer.of(options, files.size(), bytes(targets));
        DownloadNotes notes = options.whenSame() == WhenSame.SKIP ? DownloadNotes.read(api, owner, root, folder) : null;
        Map<Path, Artifact> left = notes == null ? targets : without(targets, notes, transfer);
        try {
            fetch(left, notes, transfer);
        } finally {
            if (notes != null) {
                notes.write();
            }
        }
        return new TransferSummary(left.size(), files.size() - left.size(), bytes(left));
    }

    private static long bytes(Map<Path, Artifact> files) {
        return files.values().stream().mapToLong(Artifact::size).sum();
    }

    private static Map<Path, Artifact> without(Map<Path, Artifact> targets, DownloadNotes notes, Transfer transfer) {
        Set<Path> same = ConcurrentHashMap.newKeySet();
        transfer.each(targets.entrySet(), target -> {
            if (notes.same(target.getValue(), target.getKey())) {
                same.add(target.getKey());
                transfer.progress().file(target.getValue().path()).done();
            }
        });
        Map<Path, Artifact> left = new LinkedHashMap<>(targets);
        left.keySet().removeAll(same);
        return left;
    }

    /** Large files come one by one, each in several parts at a time; the others several at a time. */
    private void fetch(Map<Path, Artifact> targets, @Nullable DownloadNotes notes, Transfer transfer) {
        Map<Path, Artifact> whole = new LinkedHashMap<>();
        targets.forEach((target, file) -> {
            if (file.size() < options.multipartThreshold() || !store(file, target, true, notes, transfer)) {
                whole.put(target, file);
            }
        });
        transfer.each(whole.entrySet(), e -> {
            var unused = store(e.getValue(), e.getKey(), false, notes, transfer);
        });
    }

    private boolean store(
            Artifact file, Path target, boolean inParts, @Nullable DownloadNotes notes, Transfer transfer) {
        Path folder = Objects.requireNonNull(target.getParent());
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        Progress.Meter meter = transfer.progress().file(file.path());
        try {
            Files.createDirectories(folder);
            try {
                if (inParts) {
                    if (!new RangedDownload(
                                    api, () -> route.sign(file.path()), file.path(), file.size(), transfer, meter)
                            .to(part)) {
                        return false;
                    }
                } else {
                    whole(file, part, transfer, meter);
                }
                move(part, target);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact '" + file.path() + "' cannot be stored as " + target, e);
        }
        if (notes != null) {
            notes.add(file, target);
        }
        meter.done();
        return true;
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void whole(Artifact file, Path part, Transfer transfer, Progress.Meter meter) {
        Progress.Meter.Piece piece = meter.piece();
        long came = api.calls()
                .call(route.get(
                        file.path(), reply -> save(reply, file, part, transfer, piece), transfer.idle(file.size())));
        if (came != file.size()) {
            throw other(file, came + " came");
        }
    }

    private long save(Reply reply, Artifact file, Path part, Transfer transfer, Progress.Meter.Piece piece)
            throws IOException {
        piece.restart();
        byte[] buffer = new byte[(int) Math.min(BUFFER, file.size() + 1)];
        long came = 0;
        transfer.coming().add(reply);
        try (InputStream in = reply.body();
                OutputStream out = Files.newOutputStream(part)) {
            for (int n = in.readNBytes(buffer, 0, buffer.length); n > 0; n = in.readNBytes(buffer, 0, buffer.length)) {
                came += n;
                if (came > file.size()) {
                    throw other(file, "more come");
                }
                out.write(buffer, 0, n);
                piece.add(n);
            }
        } finally {
            transfer.coming().remove(reply);
        }
        return came;
    }

    private InvalidResponseException other(Artifact file, String what) {
        return new InvalidResponseException(
                "the artifact '" + file.path() + "' of " + owner + " did not arrive whole: the server lists "
                        + file.size() + " bytes, " + what + "; if it was being written meanwhile, read it again",
                null);
    }

    /** Leaves out what an earlier download noted for itself. */
    static List<Path> withoutNotes(List<Path> files) {
        return files.stream().filter(f -> !f.endsWith(DownloadNotes.FILE)).toList();
    }
}
