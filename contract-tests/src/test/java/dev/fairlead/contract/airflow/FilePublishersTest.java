package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.dag.DagPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Places on the local disk. */
class FilePublishersTest {
    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class FolderTest extends PublisherContract {
        @TempDir
        private Path folder;

        @Override
        DagPublisher open() {
            return DagPublisher.folder(folder.resolve("dags"));
        }

        @Override
        void write(String fileName, String text) {
            FilePublishersTest.write(folder.resolve("dags").resolve(fileName), text);
        }
    }

    @Nested
    class GitTest extends PublisherContract {
        @TempDir
        private Path folder;

        private String repository() {
            Path bare = folder.resolve("dags.git");
            if (!Files.exists(bare)) {
                try {
                    Git.init()
                            .setBare(true)
                            .setDirectory(bare.toFile())
                            .setInitialBranch("trunk")
                            .call()
                            .close();
                } catch (GitAPIException e) {
                    throw new IllegalStateException(e);
                }
            }
            return bare.toUri().toString();
        }

        @Override
        DagPublisher open() {
            return DagPublisher.git(repository(), g -> g.branch("trunk").path("ml"));
        }

        @Override
        void write(String fileName, String text) {
            try (Git git = Git.cloneRepository()
                    .setURI(repository())
                    .setDirectory(folder.resolve("by-hand-" + System.nanoTime()).toFile())
                    .call()) {
                Path tree = git.getRepository().getWorkTree().toPath();
                FilePublishersTest.write(tree.resolve("ml").resolve(fileName), text);
                git.add().addFilepattern("ml/" + fileName).call();
                git.commit().setMessage("by hand").setSign(false).call();
                git.push().call();
            } catch (GitAPIException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
