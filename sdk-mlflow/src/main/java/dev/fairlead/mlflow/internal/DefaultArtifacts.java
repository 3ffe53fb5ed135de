package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.TransferOptions;
import dev.fairlead.mlflow.TransferSummary;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Replies;
import dev.fairlead.spi.Reply;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The artifacts of one run or logged model. */
final class DefaultArtifacts implements Artifacts {
    private final Api api;
    private final ArtifactOwner owner;
    private final AtomicReference<@Nullable URI> root;
    private final TransferOptions options;

    /** Creates the view of a run; an address that is not known is read from the run when it is needed. */
    DefaultArtifacts(Api api, String runId, @Nullable URI root) {
        this(
                api,
                new ArtifactOwner.OfRun(runId),
                new AtomicReference<>(root),
                TransferOptions.builder().build());
    }

    private DefaultArtifacts(
            Api api, ArtifactOwner owner, AtomicReference<@Nullable URI> root, TransferOptions options) {
        this.api = api;
        this.owner = owner;
        this.root = root;
        this.options = options;
    }

    /** Creates the view of a logged model. */
    static Artifacts ofModel(Api api, String modelId) {
        return new DefaultArtifacts(
                api,
                new ArtifactOwner.OfModel(modelId),
                new AtomicReference<>(),
                TransferOptions.builder().build());
    }

    /** Creates the view of a folder that the server hands out. */
    static Artifacts at(Api api, URI address) {
        return new DefaultArtifacts(
                api,
                new ArtifactOwner.OfAddress(address),
                new AtomicReference<>(address),
                TransferOptions.builder().build());
    }

    @Override
    public Artifacts with(Consumer<TransferOptions.Builder> change) {
        TransferOptions.Builder builder = options.toBuilder();
        change.accept(builder);
        return new DefaultArtifacts(api, owner, root, builder.build());
    }

    @Override
    public URI root() {
        URI known = root.get();
        if (known == null) {
            known = owner.root(api);
            root.set(known);
        }
        return known;
    }

    private ArtifactRoute route() {
        return ArtifactRoute.of(api, owner, root());
    }

    private Uploads uploads() {
        return new Uploads(api, owner, this, route(), options);
    }

    private Downloads downloads() {
        return new Downloads(api, owner, root(), route(), options);
    }

    @Override
    public void log(Path file, String folder) {
        String path = Paths.required(Paths.join(
                Paths.folder(folder),
                local(file, Files.isRegularFile(file)).getFileName().toString()));
        var unused = uploads().all(Map.of(path, file));
    }

    @Override
    public TransferSummary logTree(Path directory, String folder) {
        Path base = local(directory, Files.isDirectory(directory));
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path file : Downloads.withoutNotes(ModelFolders.files(base))) {
            files.put(Paths.required(Paths.join(Paths.folder(folder), ModelFolders.relative(base, file))), file);
        }
        return uploads().all(files);
    }

    private static Path local(Path path, boolean fits) {
        if (!fits) {
            throw new ConfigurationException(
                    path.toAbsolutePath() + " is not there, or not of the right kind; nothing was uploaded");
        }
        return path;
    }

    @Override
    public void put(String path, ArtifactSource content) {
        String checked = Paths.required(path);
        uploads().one(checked, content);
    }

    @Override
    public void putJson(String path, Object tree) {
        put(path, ArtifactSource.of(Api.JSON.write(tree)));
    }

    @Override
    public List<Artifact> list(String folder) {
        String asked = Paths.folder(folder);
        return Decode.list(owner.list(api, asked).files()).stream()
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
        String checked = Paths.required(path);
        return open(
                api, route().get(checked, Decoder.nothing(), options.idleLimit().orElse(null)));
    }

    /** Opens a file; the connection is given back when the stream is closed. */
    static InputStream open(Api api, CallSpec<Void> spec) {
        return new Opened(api.calls().open(spec, api.calls().deadline()));
    }

    @Override
    public byte[] bytes(String path) {
        String checked = Paths.required(path);
        return api.calls()
                .call(route().get(checked, this::inMemory, options.idleLimit().orElse(null)));
    }

    private byte[] inMemory(Reply reply) throws IOException {
        return Replies.bytes(reply, options.maxInMemory());
    }

    @Override
    public Map<String, Object> json(String path) {
        return Api.JSON.object(bytes(path), "the artifact '" + path + "' of " + owner);
    }

    @Override
    public Path download(String path, Path target) {
        String asked = Paths.folder(path);
        if (!asked.isEmpty()) {
            Artifact found = find(asked).orElseThrow(() -> missing(asked));
            if (!found.directory()) {
                var unused = downloads().all(Map.of(found.name(), found), target);
                return Paths.local(target, found.name());
            }
        }
        var unused = downloadTree(asked, target);
        return target;
    }

    @Override
    public TransferSummary downloadTree(String folder, Path target) {
        String asked = Paths.folder(folder);
        int skip = asked.isEmpty() ? 0 : asked.length() + 1;
        Map<String, Artifact> files = new LinkedHashMap<>();
        try (Stream<Artifact> all = walk(asked)) {
            all.forEach(file -> files.put(file.path().substring(skip), file));
        }
        return downloads().all(files, target);
    }

    private Optional<Artifact> find(String path) {
        return list(Paths.parent(path)).stream()
                .filter(a -> a.path().equals(path))
                .findFirst();
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
                        owner + " has no artifact '" + path + "'",
                        List.of(),
                        1,
                        null),
                "");
    }

    @Override
    public void delete(String path) {
        String checked = Paths.required(path);
        route().delete(checked);
    }

    @Override
    public String toString() {
        return "Artifacts[" + owner + "]";
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
