package dev.fairlead.testing.server;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An S3 server (s3proxy on a local folder) in a JVM of its own, without users: any key is accepted.
 *
 * <p>s3proxy and what it needs are not on our class path, because they would not fit others'; the caller names theirs.
 */
public final class S3Server extends LocalServer {
    /** The version this was proven with. */
    public static final String CURRENT = "4.1.0";

    private S3Server(URI uri, ServerGroup group, long startedNanos) {
        super("s3proxy", CURRENT, uri, group, startedNanos);
    }

    /**
     * Starts the description of a server.
     *
     * @param classPath s3proxy and its dependencies, as {@code java -cp} takes it
     * @return a builder whose default is a free port
     */
    public static Builder builder(String classPath) {
        return new Builder(classPath);
    }

    /**
     * Makes a bucket; one that is there stays.
     *
     * @param name its name
     * @throws ServerException when the server refuses it
     */
    public void createBucket(String name) {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("/" + name))
                .timeout(Duration.ofSeconds(10))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = Http.send(request).map(HttpResponse::statusCode).orElse(0);
        if (status != 200 && status != 409) {
            throw new ServerException("s3proxy refused the bucket " + name + " (" + status + ")\n" + logs());
        }
    }

    /**
     * Returns the folder that holds the objects of a bucket, each a file of its key's name.
     *
     * @param bucket the bucket's name
     * @return a folder below {@link #directory()}
     */
    public Path files(String bucket) {
        return directory().resolve("buckets").resolve(bucket);
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, S3Server> {
        private final String classPath;

        private Builder(String classPath) {
            this.classPath = classPath;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public S3Server start() {
            long started = System.nanoTime();
            ServerGroup group = new ServerGroup("s3proxy", directory);
            try {
                URI uri = local(group.port());
                Path buckets = Folders.create(group.directory().resolve("buckets"));
                Path settings = group.directory().resolve("s3proxy.properties");
                Folders.write(settings, """
                        s3proxy.endpoint=%s
                        s3proxy.authorization=none
                        jclouds.provider=filesystem-nio2
                        jclouds.filesystem.basedir=%s
                        """.formatted(uri, buckets));
                String java =
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                group.start(
                        "server",
                        List.of(
                                java,
                                "-Xmx256m",
                                "-cp",
                                classPath,
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                settings.toString()),
                        Map.copyOf(environment));
                group.await(
                        "answer", startTimeout, () -> Http.ok(uri.resolve("/")).isPresent());
                return new S3Server(uri, group, started);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }
    }
}
