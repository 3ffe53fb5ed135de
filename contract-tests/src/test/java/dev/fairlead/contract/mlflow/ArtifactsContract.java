package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.TransportException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
        refusedWith(
                () -> artifacts.put("big", ArtifactSource.of(new byte[(10 << 20) + 1])),
                UnsupportedArtifactStoreException.class,
                "file:",
                "10 MiB",
                "--serve-artifacts");
        refusedWith(() -> artifacts.delete("d"), UnsupportedArtifactStoreException.class, "delete it in the store");
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
