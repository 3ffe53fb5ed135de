package dev.fairlead.airflow.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitPublisherTest {
    @TempDir
    private Path folder;

    private Path bare;
    private DagPublisher publisher;

    @BeforeEach
    void repository() throws Exception {
        bare = folder.resolve("dags.git");
        Git.init()
                .setBare(true)
                .setDirectory(bare.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        publisher =
                DagPublisher.git(uri(), g -> g.branch("main").path("dags/ml").author("Ada", "ada@example.com"));
    }

    private String uri() {
        return bare.toUri().toString();
    }

    private static RenderedDag dag(String id, String description) {
        return Dag.builder(id).description(description).empty("a").build().render(Dialect.NEWEST);
    }

    /** What a colleague has who works with the repository. */
    private Git colleague(String name) throws Exception {
        return Git.cloneRepository()
                .setURI(uri())
                .setDirectory(folder.resolve(name).toFile())
                .call();
    }

    private void push(Git git, String file, String text) throws Exception {
        Path path = git.getRepository().getWorkTree().toPath().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        git.add().addFilepattern(file).call();
        git.commit()
                .setMessage("by hand")
                .setAuthor(new PersonIdent("Bob", "bob@example.com"))
                .setSign(false)
                .call();
        git.push().call();
    }

    @Test
    @Proves("airflow.publish-git")
    void publish_commitsTheOneFile_andNamesTheCommit() throws Exception {
        Publication first = publisher.publish(dag("flights", "one"));
        Publication again = publisher.publish(dag("flights", "one"));
        try (Git bob = colleague("bob")) {
            push(bob, "README.md", "read me");
            push(bob, "dags/ml/other.txt", "other");
        }
        Publication second = publisher.publish(dag("flights", "two"));

        assertThat(first.changed()).isTrue();
        assertThat(again).isEqualTo(new Publication(false, first.version()));
        assertThat(second.changed()).isTrue();
        assertThat(publisher.current("flights")).hasValue(dag("flights", "two").source());
        try (Git check = colleague("check")) {
            Path tree = check.getRepository().getWorkTree().toPath();
            assertThat(check.getRepository().resolve("HEAD").name())
                    .isEqualTo(second.version().orElseThrow());
            assertThat(tree.resolve("README.md")).hasContent("read me");
            assertThat(tree.resolve("dags/ml/other.txt")).hasContent("other");
            assertThat(Files.readString(tree.resolve("dags/ml/flights.py")))
                    .isEqualTo(dag("flights", "two").source());
        }
    }

    @Test
    @Proves("airflow.publish-git")
    void history_listsTheCommitsOfTheFile_andTheirTexts() throws Exception {
        publisher.publish(dag("flights", "one"));
        publisher.publish(dag("other", "one"));
        publisher.publish(dag("flights", "two"));
        publisher.remove("flights");

        DagPublisher elsewhere = DagPublisher.git(uri(), g -> g.path("dags/ml"));
        List<DagFileVersion> history = elsewhere.history("flights");

        assertThat(history)
                .extracting(DagFileVersion::message)
                .containsExactly("Remove DAG flights", "Change DAG flights", "Add DAG flights");
        assertThat(history).extracting(DagFileVersion::author).containsOnly("Ada");
        assertThat(elsewhere.at("flights", history.get(2).version()))
                .hasValue(dag("flights", "one").source());
        assertThat(elsewhere.at("flights", history.get(0).version())).isEmpty();
        assertThat(elsewhere.at("flights", "0".repeat(40))).isEmpty();
        assertThat(elsewhere.at("flights", "v1")).isEmpty();
        assertThat(elsewhere.current("flights")).isEmpty();
        assertThat(elsewhere.remove("flights")).isFalse();
    }

    @Test
    @Proves("airflow.hand-edit")
    void publish_fileOfOthersOrChangedByHand_isRefusedUnlessOverwritten() throws Exception {
        publisher.publish(dag("flights", "one"));
        try (Git bob = colleague("bob")) {
            push(bob, "dags/ml/flights.py", dag("flights", "one").source().replace("one", "one!"));
            push(bob, "dags/ml/theirs.py", "print(1)\n");
        }

        assertThatThrownBy(() -> publisher.publish(dag("flights", "two")))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining(uri() + " dags/ml/flights.py was changed by hand");
        assertThatThrownBy(() -> publisher.publish(dag("theirs", "two")))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("dags/ml/theirs.py was not written by Fairlead");
        assertThatThrownBy(() -> publisher.remove("theirs")).isInstanceOf(DagFileException.class);
        assertThat(publisher.publish(dag("flights", "two"), true).changed()).isTrue();
        assertThat(publisher.current("flights")).hasValue(dag("flights", "two").source());
    }

    @Test
    @Proves("airflow.publish-together")
    void publish_manyAtOnce_losesNothing() throws Exception {
        int publishers = 4;
        int each = 3;
        CyclicBarrier start = new CyclicBarrier(publishers);
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int p = 0; p < publishers; p++) {
                int number = p;
                DagPublisher own = DagPublisher.git(uri(), g -> g.branch("main"));
                all.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        own.publish(dag("dag" + number + "_" + i, "one"));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Git check = colleague("check")) {
            for (int p = 0; p < publishers; p++) {
                for (int i = 0; i < each; i++) {
                    String id = "dag" + p + "_" + i;
                    assertThat(check.getRepository().getWorkTree().toPath().resolve(id + ".py"))
                            .hasContent(dag(id, "one").source());
                }
            }
            assertThat(check.log().call()).hasSize(publishers * each);
        }
    }

    @Test
    @Proves("airflow.publish-git")
    void publish_refused_saysWhy() throws Exception {
        publisher.publish(dag("flights", "one"));
        DagPublisher wrongBranch = DagPublisher.git(uri(), g -> g.branch("release"));
        assertThatThrownBy(() -> wrongBranch.publish(dag("flights", "two")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no branch 'release'");
        assertThatThrownBy(
                        () -> DagPublisher.git(folder.resolve("no.git").toUri().toString(), g -> {})
                                .publish(dag("flights", "two")))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("check its address");
        WireMockServer host = new WireMockServer(0);
        host.start();
        try {
            host.stubFor(WireMock.any(WireMock.anyUrl())
                    .willReturn(WireMock.status(401).withHeader("WWW-Authenticate", "Basic realm=\"git\"")));
            DagPublisher stranger = DagPublisher.git(host.baseUrl() + "/dags.git", g -> g.token("s3cr3t"));
            assertThatThrownBy(() -> stranger.publish(dag("flights", "two")))
                    .isInstanceOf(DagFileException.class)
                    .hasMessageContaining("airflow.dags-token")
                    .hasMessageNotContaining("s3cr3t");
            host.verify(WireMock.getRequestedFor(WireMock.urlPathEqualTo("/dags.git/info/refs"))
                    .withBasicAuth(new com.github.tomakehurst.wiremock.client.BasicCredentials("oauth2", "s3cr3t")));
            assertThat(stranger.toString() + stranger.location()).doesNotContain("s3cr3t");
        } finally {
            host.stop();
        }
    }

    @Test
    @Proves("airflow.publish-git")
    void open_location_namesBranchAndPath() {
        MlPlatform platform = MlPlatform.builder().withoutKubernetes().build();

        DagPublisher opened = DagPublisher.open(platform, "git+" + uri() + "?branch=main&path=/dags/ml/");

        opened.publish(dag("flights", "one"));
        assertThat(publisher.current("flights")).hasValue(dag("flights", "one").source());
        assertThat(opened.location()).isEqualTo("git+" + uri() + "?branch=main&path=dags/ml");
        assertThatThrownBy(() -> DagPublisher.open(platform, "git+" + uri() + "?barnch=main"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'barnch'");
        assertThatThrownBy(() -> DagPublisher.open(platform, "git+https://me:secret@host/dags.git?path=.."))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not hold a password")
                .hasMessageNotContaining("secret@");
    }
}
