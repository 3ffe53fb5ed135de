package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.TransferOptions;
import dev.fairlead.mlflow.TransferSummary;
import dev.fairlead.mlflow.WhenSame;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Uploads files and checks by the server's listing what arrived. */
final class Uploads {
    private final Api api;
    private final ArtifactOwner owner;
    private final Artifacts artifacts;
    private final ArtifactRoute route;
    private final TransferOptions options;

    Uploads(Api api, ArtifactOwner owner, Artifacts artifacts, ArtifactRoute route, TransferOptions options) {
        this.api = api;
        this.owner = owner;
        this.artifacts = artifacts;
        this.route = route;
        this.options = options;
    }

    private record Item(String path, Path file, long size) {}

    /** Uploads content; that of a large file is checked. */
    void one(String path, ArtifactSource content) {
        long size = content.length();
        Transfer transfer = Transfer.of(options, 1, Math.max(size, 0));
        Progress.Meter meter = transfer.progress().file(path);
        boolean large = size >= options.multipartThreshold();
        boolean inParts = large
                && content.file()
                        .map(file -> route.uploadInParts(path, file, size, transfer, meter))
                        .orElse(false);
        if (!inParts) {
            route.upload(path, content, transfer, meter);
        }
        if (large) {
            verify(path, size, listed(Set.of(Paths.parent(path)), transfer).get(path));
        }
        meter.done();
    }

    TransferSummary all(Map<String, Path> files) {
        List<Item> items = files.entrySet().stream()
                .map(f -> new Item(
                        f.getKey(),
                        f.getValue(),
                        ArtifactSource.of(f.getValue()).length()))
                .toList();
        Transfer transfer = Transfer.of(options, items.size(), bytes(items));
        Notes notes = options.whenSame() == WhenSame.SKIP && owner instanceof ArtifactOwner.OfRun run
                ? Notes.read(api, run.id())
                : null;
        List<Item> left = notes == null ? items : without(items, notes, transfer);
        send(left, notes, transfer);
        Map<String, Long> arrived = listed(folders(left), transfer);
        left.forEach(item -> verify(item.path(), item.size(), arrived.get(item.path())));
        return new TransferSummary(left.size(), items.size() - left.size(), bytes(left));
    }

    private static long bytes(List<Item> items) {
        return items.stream().mapToLong(Item::size).sum();
    }

    private static Set<String> folders(List<Item> items) {
        return items.stream().map(i -> Paths.parent(i.path())).collect(Collectors.toSet());
    }

    /** Returns what is not there already. */
    private List<Item> without(List<Item> items, Notes notes, Transfer transfer) {
        List<Item> noted =
                items.stream().filter(i -> notes.of(i.path(), i.size()) != null).toList();
        Map<String, Long> there = listed(folders(noted), transfer);
        Set<Item> same = ConcurrentHashMap.newKeySet();
        transfer.each(noted, item -> {
            if (Long.valueOf(item.size()).equals(there.get(item.path()))
                    && Notes.sha256(item.file()).equals(notes.of(item.path(), item.size()))) {
                same.add(item);
                transfer.progress().file(item.path()).done();
            }
        });
        return items.stream().filter(i -> !same.contains(i)).toList();
    }

    /** Large files go one by one, each in several parts at a time; the others several at a time. */
    private void send(List<Item> items, @Nullable Notes notes, Transfer transfer) {
        Map<String, Item> whole = new LinkedHashMap<>();
        try {
            for (Item item : items) {
                Progress.Meter meter = transfer.progress().file(item.path());
                if (item.size() >= options.multipartThreshold()
                        && route.uploadInParts(item.path(), item.file(), item.size(), transfer, meter)) {
                    arrived(item, notes, meter);
                } else {
                    whole.put(item.path(), item);
                }
            }
            transfer.each(whole.values(), item -> {
                Progress.Meter meter = transfer.progress().file(item.path());
                route.upload(item.path(), ArtifactSource.of(item.file()), transfer, meter);
                arrived(item, notes, meter);
            });
        } finally {
            if (notes != null) {
                notes.send();
            }
        }
    }

    private static void arrived(Item item, @Nullable Notes notes, Progress.Meter meter) {
        if (notes != null) {
            notes.add(item.path(), item.size(), Notes.sha256(item.file()));
        }
        meter.done();
    }

    private Map<String, Long> listed(Collection<String> folders, Transfer transfer) {
        Map<String, Long> sizes = new ConcurrentHashMap<>();
        transfer.each(
                folders,
                folder -> artifacts.list(folder).stream()
                        .filter(a -> !a.directory())
                        .forEach(a -> sizes.put(a.path(), a.size())));
        return sizes;
    }

    private void verify(String path, long sent, @Nullable Long arrived) {
        if (!Objects.equals(sent, arrived)) {
            throw new InvalidResponseException(
                    "the artifact '" + path + "' of " + owner + " did not arrive whole: " + sent + " bytes were sent, "
                            + (arrived == null ? "and the server does not list it" : "the server lists " + arrived)
                            + "; if the file was being written meanwhile, upload it again",
                    null);
        }
    }
}
