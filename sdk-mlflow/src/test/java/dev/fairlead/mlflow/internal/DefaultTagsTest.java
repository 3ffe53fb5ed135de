package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultTagsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "fedcba9876543210fedcba9876543210fedcba98";

    @TempDir
    Path folder;

    private Map<String, String> tags(Path from, Map<String, String> environment) {
        return DefaultTags.of(environment::get, from, folder.resolve("namespace"));
    }

    private Path git(String head) throws IOException {
        Path git = Files.createDirectories(folder.resolve(".git/refs/heads"));
        Files.writeString(folder.resolve(".git/HEAD"), head + "\n");
        return git;
    }

    @Test
    @Proves("mlflow.default-tags")
    void of_folderOnABranch_tellsCommitBranchAndOriginWithoutToken() throws IOException {
        Files.writeString(git("ref: refs/heads/main").resolve("main"), COMMIT + "\n");
        Files.writeString(
                folder.resolve(".git/config"),
                "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://ann:s3cret@git.example.org/a/b.git\n\tfetch = x\n");
        Path inner = Files.createDirectories(folder.resolve("a/b"));

        assertThat(tags(inner, Map.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mlflow.source.git.commit", COMMIT,
                        "mlflow.source.git.branch", "main",
                        "mlflow.source.git.repoURL", "https://git.example.org/a/b.git"));
    }

    @Test
    void of_packedRef_isFound() throws IOException {
        git("ref: refs/heads/main");
        Files.writeString(
                folder.resolve(".git/packed-refs"),
                "# pack-refs with: peeled\n" + OTHER + " refs/heads/main-2\n" + COMMIT + " refs/heads/main\n");

        assertThat(tags(folder, Map.of())).containsEntry("mlflow.source.git.commit", COMMIT);
    }

    @Test
    void of_detachedHead_tellsTheCommitAlone() throws IOException {
        git(COMMIT);

        assertThat(tags(folder, Map.of())).containsExactly(Map.entry("mlflow.source.git.commit", COMMIT));
    }

    @Test
    void of_linkedWorkingTree_isRead() throws IOException {
        Path main = Files.createDirectories(folder.resolve("main/.git/worktrees/wt"));
        Files.writeString(main.resolve("HEAD"), "ref: refs/heads/side\n");
        Files.writeString(main.resolve("commondir"), "../..\n");
        Path refs = Files.createDirectories(folder.resolve("main/.git/refs/heads"));
        Files.writeString(refs.resolve("side"), COMMIT + "\n");
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + main + "\n");

        assertThat(tags(tree, Map.of()))
                .containsEntry("mlflow.source.git.commit", COMMIT)
                .containsEntry("mlflow.source.git.branch", "side");
    }

    @Test
    void of_noRepositoryOrABrokenOne_tellsNothing() throws IOException {
        assertThat(tags(folder, Map.of())).isEmpty();
        git("ref: refs/heads/gone");
        assertThat(tags(folder, Map.of())).isEmpty();
    }

    @Test
    @Proves("mlflow.default-tags")
    void of_inAPod_tellsPodAndNamespace() throws IOException {
        Files.writeString(folder.resolve("namespace"), "ml\n");

        assertThat(tags(folder, Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "train-0")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("kubernetes.pod", "train-0", "kubernetes.namespace", "ml"));
        assertThat(tags(folder, Map.of("HOSTNAME", "laptop"))).isEmpty();
    }
}
