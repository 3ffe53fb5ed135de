package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.internal.wire.RunWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Replies;
import dev.fairlead.spi.Reply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The artifacts of one run. */
final class DefaultArtifacts implements Artifacts {
    private final Api api;
    private final String runId;
    private final AtomicReference<@Nullable URI> root;

    /** Creates the view; an address that is not known is read from the run when it is needed. */
    DefaultArtifacts(Api api, String runId, @Nullable URI root) {
        this.api = api;
        this.runId = runId;
        this.root = new AtomicReference<>(root);
    }

    @Override
    public URI root() {
        URI known = root.get();
        if (known == null) {
            known = Decode.run(DefaultRuns.read(api, runId))
                    .artifactUri()
                    .orElseThrow(() ->
                            new InvalidResponseException("mlflow names no artifact address for run " + runId, null));
            root.set(known);
        }
        return known;
    }

    private ArtifactRoute route() {
        return ArtifactRoute.of(api, runId, root());
    }

    @Override
    public void log(Path file, String folder) {
        String path = Paths.join(
                Paths.folder(folder),
                local(file, Files.isRegularFile(file)).getFileName().toString());
        upload(Map.of(path, file));
    }

    @Override
    public void logTree(Path directory, String folder) {
        Path base = local(directory, Files.isDirectory(directory));
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path file : ModelFolders.files(base)) {
            files.put(Paths.join(Paths.folder(folder), ModelFolders.relative(base, file)), file);
        }
        upload(files);
    }

    private static Path local(Path path, boolean fits) {
        if (!fits) {
            throw new ConfigurationException(
                    path.toAbsolutePath() + " is not there, or not of the right kind; nothing was uploaded");
        }
        return path;
    }

    private void upload(Map<String, Path> files) {
        Map<String, Long> sent = new LinkedHashMap<>();
        files.forEach((path, file) -> sent.put(path, ArtifactSource.of(file).length()));
        Transfers.each(files.entrySet(), file -> put(file.getKey(), ArtifactSource.of(file.getValue())));
        Map<String, List<String>> byFolder = sent.keySet().stream().collect(Collectors.groupingBy(Paths::parent));
        Transfers.each(byFolder.entrySet(), folder -> {
            Map<String, Long> arrived =
                    list(folder.getKey()).stream().collect(Collectors.toMap(Artifact::path, Artifact::size, Math::max));
            folder.getValue().forEach(path -> verify(path, sent.get(path), arrived.get(path)));
        });
    }

    private void verify(String path, @Nullable Long sent, @Nullable Long arrived) {
        if (!Objects.equals(sent, arrived)) {
            throw new InvalidResponseException(
                    "the artifact '" + path + "' of run " + runId + " did not arrive whole: " + sent
                            + " bytes were sent, "
                            + (arrived == null ? "and the server does not list it" : "the server lists " + arrived)
                            + "; if the file was being written meanwhile, upload it again",
                    null);
        }
    }

    @Override
    public void put(String path, ArtifactSource content) {
        api.calls().call(route().put(Paths.required(path), content));
    }

    @Override
    public List<Artifact> list(String folder) {
        String asked = Paths.folder(folder);
        RunWire.Files page = api.get(
                "artifacts/list",
                RunWire.Files.class,
                q -> q.query("run_id", runId).query("path", asked.isEmpty() ? null : asked));
        return Decode.list(page.files()).stream()
                .map(f -> new Artifact(
                        Paths.listed(f.path(), asked),
                        Boolean.TRUE.equals(f.isDir()),
                        Objects.requireNonNullElse(f.fileSize(), 0L)))
                .toList();
    }

    @Override
    public Stream<Artifact> walk(String folder) {
        return list(folder).stream().flatMap(a -> a.directory() ? walk(a.path()) : Stream.of(a));
    }

    @Override
    public InputStream open(String path) {
        CallSpec<Void> spec = route().get(Paths.required(path), Decoder.nothing());
        return new Opened(api.calls().open(spec, api.calls().deadline()));
    }

    @Override
    public byte[] bytes(String path) {
        return api.calls()
                .call(route().get(Paths.required(path), reply -> Replies.bytes(reply, Integer.MAX_VALUE - 16)));
    }

    @Override
    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    @Override
    public Path download(String path, Path target) {
        String asked = Paths.folder(path);
        if (!asked.isEmpty()) {
            Artifact found = find(asked).orElseThrow(() -> missing(asked));
            if (!found.directory()) {
                return fetch(found, Paths.local(target, found.name()));
            }
        }
        try (Stream<Artifact> files = walk(asked)) {
            int skip = asked.isEmpty() ? 0 : asked.length() + 1;
            Transfers.each(
                    files.toList(),
                    file -> fetch(file, Paths.local(target, file.path().substring(skip))));
        }
        return target;
    }

    private Optional<Artifact> find(String path) {
        return list(Paths.parent(path)).stream()
                .filter(a -> a.path().equals(path))
                .findFirst();
    }

    /** Downloads beside the target and moves it there when it is whole. */
    private Path fetch(Artifact file, Path target) {
        Path folder = Objects.requireNonNull(target.getParent());
        Path part = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(folder);
            try {
                long size = api.calls().call(route().get(file.path(), reply -> save(reply, part)));
                if (size != file.size()) {
                    throw new InvalidResponseException(
                            "the artifact '" + file.path() + "' of run " + runId
                                    + " did not arrive whole: the server lists " + file.size() + " bytes, " + size
                                    + " came; if it was being written meanwhile, read it again",
                            null);
                }
                return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact '" + file.path() + "' cannot be stored as " + target, e);
        }
    }

    private static long save(Reply reply, Path part) throws IOException {
        try (InputStream in = reply.body()) {
            return Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private NotFoundException missing(String path) {
        return new NotFoundException(
                new CallDetails(
                        "mlflow",
                        "artifacts/list",
                        "GET",
                        URI.create(api.baseUri() + "/api/2.0/mlflow/artifacts/list"),
                        200,
                        "",
                        "run " + runId + " has no artifact '" + path + "'",
                        List.of(),
                        1,
                        null),
                "");
    }

    @Override
    public void delete(String path) {
        api.calls().call(route().delete(Paths.required(path)));
    }

    @Override
    public String toString() {
        return "Artifacts[run " + runId + "]";
    }

    /** Gives the connection back when the stream is closed. */
    private static final class Opened extends FilterInputStream {
        private final Reply reply;

        Opened(Reply reply) {
            super(reply.body());
            this.reply = reply;
        }

        @Override
        public void close() throws IOException {
            super.close();
            reply.close();
        }
    }
}
