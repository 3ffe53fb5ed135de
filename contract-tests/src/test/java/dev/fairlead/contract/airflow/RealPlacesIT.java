package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.S3Server;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Airflow that is not shared with others: it reads DAGs from a folder, a git repository and a bucket, and lets everybody in, for some seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class RealPlacesIT {
    private static final String BUNDLES = """
            [{"name": "dags-folder", "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle", "kwargs": {}},
             {"name": "team", "classpath": "airflow.providers.git.bundles.git.GitDagBundle",
              "kwargs": {"repo_url": "%s", "tracking_ref": "main", "subdir": "dags", "refresh_interval": 1}},
             {"name": "bucket", "classpath": "airflow.providers.amazon.aws.bundles.s3.S3DagBundle",
              "kwargs": {"bucket_name": "airflow", "prefix": "team/dags", "aws_conn_id": "bucket", "refresh_interval": 1}}]
            """;

    @TempDir
    private static Path folder;

    private Path repository;
    private S3Server s3;
    private AirflowServer server;

    @BeforeAll
    void start() throws Exception {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> Assumptions.abort(why));
        repository = folder.resolve("dags.git");
        Git.init()
                .setBare(true)
                .setDirectory(repository.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        String uri = repository.toUri().toString();
        DagPublisher.git(uri, g -> g.branch("main").path("dags"))
                .publish(Dag.builder("present").empty("a").build().render(Dialect.V3_3));
        Path classPath = Path.of(System.getProperty("fairlead.root"), "s3-server", "target", "classpath.txt");
        s3 = S3Server.builder(Files.readString(classPath).strip()).start();
        s3.createBucket("airflow");
        server = AirflowServer.builder()
                .env("AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST", BUNDLES.formatted(uri))
                .env("AIRFLOW_CONN_BUCKET", connection(s3.uri()))
                // as Airflow's own half minute, only shorter
                .env("AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL", "5")
                .env("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "True")
                .env("AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME", "10")
                .env("AIRFLOW__API_AUTH__JWT_LEEWAY", "0")
                .start();
    }

    private static String connection(URI endpoint) {
        return """
                {"conn_type": "aws", "login": "any", "password": "any",
                 "extra": {"endpoint_url": "%s", "region_name": "us-east-1"}}""".formatted(endpoint);
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    /** Opens a client that delivers to a place. */
    static AirflowClient client(AirflowServer server, String place) {
        return AirflowClient.builder()
                .uri(server.uri())
                .endpoint(e -> e.basic(server.admin().name(), server.admin().password()))
                .platform(p -> p.setting("airflow.dags-dir", place))
                .build();
    }

    @Nested
    @Order(1)
    class Access extends AccessSuite {
        @Override
        AirflowServer server() {
            return server;
        }
    }

    @Nested
    @Order(2)
    class Bucket extends BucketSuite {
        @Override
        AirflowServer server() {
            return server;
        }

        @Override
        S3Server s3() {
            return s3;
        }
    }

    @Nested
    @Order(3)
    class GitDelivery extends GitDeliverySuite {
        @Override
        AirflowServer server() {
            return server;
        }

        @Override
        Path repository() {
            return repository;
        }
    }
}
