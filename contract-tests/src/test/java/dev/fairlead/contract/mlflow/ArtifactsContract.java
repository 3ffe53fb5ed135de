package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.TransferProgress;
import dev.fairlead.mlflow.TransferSummary;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.mlflow.WhenSame;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts through the tracking server. */
abstract class ArtifactsContract extends MlflowContract {
    @TempDir
    Path folder;

    private Artifacts artifacts() {
        return start().artifacts();
    }

    @Test
    @Proves("mlflow.artifacts")
    void put_oddNames_areListedAndReadBack() throws IOException {
        Artifacts artifacts = artifacts();
        List<String> names = List.of(
                "a.txt",
                "d/b c.txt",
                "d/é ü.txt",
                "d/a%b.txt",
                "d/a+b.txt",
                "d/a?b;c&d=e.txt",
                "d/e/f/g.txt",
                "d/it's.txt",
                "empty");
        for (String name : names) {
            artifacts.putText(name, name.equals("empty") ? "" : "content of " + name);
        }

        assertThat(artifacts.walk("").map(Artifact::path)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(artifacts.list())
                .containsExactlyInAnyOrder(
                        new Artifact("a.txt", false, 16), new Artifact("d", true, 0), new Artifact("empty", false, 0));
        assertThat(artifacts.list("d/e/")).extracting(Artifact::path).containsExactly("d/e/f");
        assertThat(artifacts.list("none")).isEmpty();
        for (String name : names) {
            assertThat(artifacts.text(name)).isEqualTo(name.equals("empty") ? "" : "content of " + name);
        }
        try (InputStream in = artifacts.open("a.txt")) {
            assertThat(in.readAllBytes()).isEqualTo("content of a.txt".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    @Proves("mlflow.artifacts.tree")
    void logTree_download_isIdentical() throws IOException {
        Artifacts artifacts = artifacts();
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            Path file = tree.resolve("f" + i % 4).resolve("file " + i);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        }

        artifacts.logTree(tree, "data");
        Path all = artifacts.download("", folder.resolve("all"));
        Path part = artifacts.download("data/f1", folder.resolve("part"));
        Path one = artifacts.download("data/f0/file 0", folder.resolve("one"));

        assertThat(content(all.resolve("data"))).isEqualTo(content(tree));
        assertThat(content(part)).isEqualTo(content(tree.resolve("f1")));
        assertThat(one).isEqualTo(folder.resolve("one").resolve("file 0").toAbsolutePath());
        assertThat(Files.readAllBytes(one))
                .isEqualTo(Files.readAllBytes(tree.resolve("f0").resolve("file 0")));
    }

    private static Map<String, String> content(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void log_file_keepsItsName() throws IOException {
        var run = start();
        Path file = Files.writeString(folder.resolve("report.html"), "<p>");

        run.logArtifact(file).logArtifact(file, "reports/2026/");

        assertThat(run.artifacts().walk("").map(Artifact::path))
                .containsExactlyInAnyOrder("report.html", "reports/2026/report.html");
        assertThatThrownBy(() -> run.logArtifact(folder.resolve("none"))).hasMessageContaining("none is not there");
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void put_lostReplyAndRefusals_endsInOneWholeFile() {
        Artifacts artifacts = artifacts();
        place.faults()
                .dropNextReply("PUT artifacts", 1)
                .failNext("PUT artifacts", 503, 1)
                .dropNextRequest("PUT artifacts", 1);

        artifacts.putText("a.txt", "whole");

        assertThat(artifacts.text("a.txt")).isEqualTo("whole");
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void download_brokenOff_isRepeatedAndNeverHalf() throws IOException {
        Artifacts artifacts = artifacts();
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        artifacts.put("big.bin", ArtifactSource.of(bytes));

        place.faults().truncateNextReply("GET mlflow-artifacts/artifacts", 100_000, 2);
        Path file = artifacts.download("big.bin", folder.resolve("got"));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

        MlflowClient once = client(1);
        String runId = artifacts.root().toString().replaceAll(".*/([^/]+)/artifacts$", "$1");
        place.faults().truncateNextReply("GET mlflow-artifacts/artifacts", 100_000, 1);
        assertThatThrownBy(() -> once.artifacts(runId).download("big.bin", folder.resolve("half")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("broke off");
        try (var left = Files.list(folder.resolve("half"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.artifacts.streamed")
    void put_streamOfUnknownLength_arrivesWhole() throws IOException {
        Artifacts artifacts = artifacts();
        long size = 5_000_000;

        artifacts.put("stream.bin", () -> zeros(size));

        assertThat(artifacts.list()).containsExactly(new Artifact("stream.bin", false, size));
        Path file = artifacts.download("stream.bin", folder);
        assertThat(Files.size(file)).isEqualTo(size);
    }

    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int now = (int) Math.min(left, length);
                left -= now;
                return now == 0 && length > 0 ? -1 : now;
            }
        };
    }

    @Test
    @Proves("mlflow.artifacts.direct")
    void put_aStoreOfItsOwn_goesThroughTheServerWhereThatCan() throws IOException {
        Experiment own = mlflow.experiments()
                .create(
                        unique("own"),
                        e -> e.artifactLocation(folder.resolve("store").toUri()));
        Artifacts artifacts = mlflow.runs().start(own).artifacts();

        artifacts.putText("d/a.txt", "mine");

        assertThat(artifacts.root().getScheme()).isEqualTo("file");
        assertThat(artifacts.list("d")).containsExactly(new Artifact("d/a.txt", false, 4));
        assertThat(artifacts.text("d/a.txt")).isEqualTo("mine");
        assertThat(Files.readString(artifacts.download("d/a.txt", folder.resolve("got"))))
                .isEqualTo("mine");
    }

    @Test
    @Proves("mlflow.artifacts.local-store")
    void put_locationOnThisMachine_takesWhatTheServerDoesNot() throws IOException {
        Path location = Files.createDirectories(folder.resolve("shared"));
        Experiment own = mlflow.experiments().create(unique("own"), e -> e.artifactLocation(location.toUri()));
        Artifacts artifacts = mlflow.runs().start(own).artifacts();
        byte[] big = new byte[(10 << 20) + 1];
        new Random(3).nextBytes(big);

        artifacts.put("d/big.bin", ArtifactSource.of(big));
        artifacts.put("d/stream.bin", () -> zeros(11_000_000));
        artifacts.putText("d/empty", "");

        assertThat(artifacts.list("d"))
                .containsExactlyInAnyOrder(
                        new Artifact("d/big.bin", false, big.length),
                        new Artifact("d/stream.bin", false, 11_000_000),
                        new Artifact("d/empty", false, 0));
        assertThat(artifacts.bytes("d/big.bin")).isEqualTo(big);
        artifacts.delete("d");
        assertThat(artifacts.list()).isEmpty();
    }

    @Test
    @Proves("mlflow.artifacts.direct")
    void put_locationThatIsNotHere_isRefusedWithTheRemedy() {
        Experiment own = mlflow.experiments()
                .create(
                        unique("away"),
                        e -> e.artifactLocation(folder.resolve("none").toUri()));
        Artifacts artifacts = mlflow.runs().start(own).artifacts();

        refusedWith(
                () -> artifacts.put("big", ArtifactSource.of(new byte[(10 << 20) + 1])),
                UnsupportedArtifactStoreException.class,
                "file:",
                "10 MiB",
                "--serve-artifacts");
        refusedWith(() -> artifacts.delete("d"), UnsupportedArtifactStoreException.class, "delete it in the store");
    }

    @Test
    @Proves("mlflow.artifacts.parts")
    void put_largeFile_whereTheServerOpensNoStore_goesThroughIt() throws IOException {
        Artifacts artifacts =
                artifacts().with(o -> o.multipartThreshold(1_000_000).partSize(5 << 20));
        byte[] bytes = new byte[6_000_000];
        new Random(5).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large.bin"), bytes);
        place.forgetRequests();

        artifacts.log(file, "a");
        artifacts.log(file, "b");
        artifacts.download("", folder.resolve("got"));

        assertThat(Files.readAllBytes(folder.resolve("got/a/large.bin"))).isEqualTo(bytes);
        assertThat(Files.readAllBytes(folder.resolve("got/b/large.bin"))).isEqualTo(bytes);
        assertThat(place.requests("mlflow-artifacts/mpu")).as("asked for once").hasSize(1);
        assertThat(place.requests("mlflow-artifacts/presigned")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @Proves("mlflow.artifacts.resumed")
    void logTree_secondTime_transfersNothing() throws IOException {
        Artifacts artifacts = artifacts().with(o -> o.whenSame(WhenSame.SKIP));
        Path tree = Files.createDirectories(folder.resolve("tree/d é"));
        for (int i = 0; i < 60; i++) {
            Files.writeString(tree.resolve("f" + i), "content " + i);
        }
        Path base = folder.resolve("tree");

        TransferSummary first = artifacts.logTree(base, "data");
        place.forgetRequests();
        TransferSummary second = artifacts.logTree(base, "data");
        assertThat(place.requests("PUT artifacts")).isEmpty();
        Files.writeString(tree.resolve("f7"), "changed 7"); // as long as before
        TransferSummary third = artifacts.logTree(base, "data");

        assertThat(first).isEqualTo(new TransferSummary(60, 0, first.bytes()));
        assertThat(second).isEqualTo(new TransferSummary(0, 60, 0));
        assertThat(third).isEqualTo(new TransferSummary(1, 59, 9));
        assertThat(artifacts.text("data/d é/f7")).isEqualTo("changed 7");
    }

    @Test
    @Proves("mlflow.artifacts.resumed")
    void logTree_brokenOff_goesOnWhereItStopped() throws IOException {
        MlflowClient once = client(1);
        Artifacts artifacts =
                once.artifacts(start().id()).with(o -> o.whenSame(WhenSame.SKIP).parallelism(1));
        Path tree = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < 10; i++) {
            Files.writeString(tree.resolve("f" + i), "content " + i);
        }
        place.faults().failNext("PUT artifacts/" + encodedPath(artifacts) + "/f6", 503, 1);

        assertThatThrownBy(() -> artifacts.logTree(tree, "")).isInstanceOf(UnavailableException.class);
        TransferSummary second = artifacts.logTree(tree, "");

        assertThat(second).isEqualTo(new TransferSummary(4, 6, 36));
        assertThat(artifacts.list()).hasSize(10);
    }

    private static String encodedPath(Artifacts artifacts) {
        return artifacts.root().getPath().substring(1);
    }

    @Test
    @Proves("mlflow.artifacts.resumed")
    void downloadTree_secondTime_transfersNothing() throws IOException {
        Artifacts artifacts = artifacts();
        for (int i = 0; i < 5; i++) {
            artifacts.putText("d/f" + i, "content " + i);
        }
        Artifacts resumed = artifacts.with(o -> o.whenSame(WhenSame.SKIP));
        Path target = folder.resolve("got");

        TransferSummary first = resumed.downloadTree("d", target);
        TransferSummary second = resumed.downloadTree("d", target);
        Files.writeString(target.resolve("f3"), "damaged 3"); // as long as before
        Files.delete(target.resolve("f4"));
        TransferSummary third = resumed.downloadTree("d", target);

        assertThat(first).isEqualTo(new TransferSummary(5, 0, 45));
        assertThat(second).isEqualTo(new TransferSummary(0, 5, 0));
        assertThat(third).isEqualTo(new TransferSummary(2, 3, 18));
        assertThat(target.resolve("f3")).hasContent("content 3");
        artifacts.logTree(target, "again");
        assertThat(artifacts.list("again")).as("the notes stay here").hasSize(5);
    }

    @Test
    @Proves("mlflow.artifacts.progress")
    void logTree_progress_countsEachByteOnce() throws IOException {
        Queue<TransferProgress> told = new ConcurrentLinkedQueue<>();
        Path tree = Files.createDirectories(folder.resolve("tree"));
        for (int i = 0; i < 4; i++) {
            Files.write(tree.resolve("f" + i), new byte[3_000_000]);
        }
        Artifacts artifacts = artifacts()
                .with(o -> o.listener(p -> {
                    told.add(p);
                    throw new IllegalStateException("a listener's fault is its own");
                }));
        place.faults().failNext("PUT artifacts", 503, 1);

        TransferSummary up = artifacts.logTree(tree, "");

        TransferProgress last =
                told.stream().max(Comparator.comparing(TransferProgress::files)).orElseThrow();
        assertThat(up).isEqualTo(new TransferSummary(4, 0, 12_000_000));
        assertThat(last.files()).isEqualTo(4);
        assertThat(last.allFiles()).isEqualTo(4);
        assertThat(last.bytes()).isEqualTo(12_000_000);
        assertThat(told).hasSizeGreaterThan(6).allMatch(p -> p.bytes() <= p.allBytes() && p.allBytes() == 12_000_000);
    }

    @Test
    @Proves("mlflow.artifacts")
    void json_text_readBack() {
        Artifacts artifacts = artifacts();

        artifacts.putJson(
                "report.json", Map.of("rows", 3, "names", List.of("a", "b"), "deep", Map.of("some_key", true)));

        assertThat(artifacts.json("report.json"))
                .containsEntry("rows", 3)
                .containsEntry("names", List.of("a", "b"))
                .containsEntry("deep", Map.of("some_key", true));
        artifacts.putText("no.json", "not json");
        refusedWith(() -> artifacts.json("no.json"), InvalidResponseException.class, "no.json");
        refusedWith(
                () -> artifacts.with(o -> o.maxInMemory(4)).bytes("no.json"),
                InvalidResponseException.class,
                "larger than 4 bytes");
    }

    @Test
    @Proves("mlflow.artifacts.of-version")
    void open_fileOfAModelVersion_isRead() throws IOException {
        Artifacts artifacts = artifacts();
        artifacts.putText("model/MLmodel", "flavors: {}");
        String runId = encodedPath(artifacts).split("/")[1];
        String name = unique("model");
        mlflow.models().ensure(name);
        ModelVersion version =
                mlflow.models().register(name, ModelUri.run(runId, "model")).await(Duration.ofMinutes(1));

        try (InputStream in = mlflow.models().open(version, "MLmodel")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("flavors: {}");
        }
        refusedWith(
                () -> mlflow.models().open(version, "none"),
                mlflow.server().atLeast(3, 0) ? NotFoundException.class : ServiceException.class);
        assertThatThrownBy(() -> mlflow.models().open(version, "../x")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void delete_fileAndFolder_areGone() {
        Artifacts artifacts = artifacts();
        artifacts.putText("a.txt", "a");
        artifacts.putText("d/b.txt", "b");

        artifacts.delete("a.txt");
        artifacts.delete("d");
        artifacts.delete("d");

        assertThat(artifacts.list()).isEmpty();
    }

    @Test
    void read_missing_isNotFound() {
        Artifacts artifacts = artifacts();

        refusedWith(() -> artifacts.bytes("none.txt"), NotFoundException.class, "none.txt");
        refusedWith(() -> artifacts.open("none.txt"), NotFoundException.class, "none.txt");
        refusedWith(() -> artifacts.download("none", folder), NotFoundException.class, "has no artifact 'none'");
    }

    @Test
    @Proves("mlflow.artifacts.path-safe")
    void paths_thatLeadOut_areRefusedBeforeSending() {
        Artifacts artifacts = artifacts();
        place.forgetRequests();
        for (String path :
                List.of("../x", "a/../../x", "/etc/passwd", "C:\\x", "a\\b", "a//b", "%2e%2e/x", "a/./b", "")) {
            assertThatThrownBy(() -> artifacts.putText(path, "x")).as(path).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> artifacts.bytes(path)).as(path).isInstanceOf(InvalidValueException.class);
        }
        assertThat(place.requests("*")).isEmpty();
    }
}
