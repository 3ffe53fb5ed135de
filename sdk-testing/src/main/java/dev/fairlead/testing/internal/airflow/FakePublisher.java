package dev.fairlead.testing.internal.airflow;

import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings DAGs to a fake Airflow by its own side door, which also works from another process. */
public final class FakePublisher implements DagPublisher {
    /** Where the fake takes DAGs. */
    public static final String DOOR = "/fairlead/dags/";

    private static final JsonCodec JSON = JsonCodec.camelCase();
    private static final int TIMEOUT = 30_000;

    private final URI server;

    public FakePublisher(URI server) {
        this.server = server;
    }

    @Override
    public Publication publish(RenderedDag dag, boolean overwrite) {
        return publish(dag.dag().id(), dag.source(), overwrite, "PUT", PublishedDag.of(dag));
    }

    /** Takes a text that the fake had before: it reads no Python, and so needs the model of it. */
    @Override
    public Publication publish(String dagId, String source, boolean overwrite) {
        return publish(dagId, source, overwrite, "POST", Map.of("source", source));
    }

    private Publication publish(String dagId, String source, boolean overwrite, String method, Object body) {
        if (!overwrite) {
            current(dagId).filter(text -> !text.equals(source)).ifPresent(text -> check(dagId, text));
        }
        boolean changed =
                Boolean.TRUE.equals(send(method, dagId, JSON.write(body)).get("changed"));
        return new Publication(changed, Optional.empty());
    }

    private static void check(String dagId, String text) {
        DagPublisher.requireOurs("/dags/" + RenderedDag.fileName(dagId), dagId, text);
    }

    @Override
    public boolean remove(String dagId) {
        current(dagId).ifPresent(text -> check(dagId, text));
        return Boolean.TRUE.equals(send("DELETE", dagId, null).get("changed"));
    }

    @Override
    public Optional<String> current(String dagId) {
        return Optional.ofNullable(send("GET", dagId, null).get("source")).map(String::valueOf);
    }

    @Override
    public String location() {
        return FakePublisherFactory.PREFIX + server;
    }

    private Map<String, Object> send(String method, String dagId, byte @Nullable [] body) {
        try {
            HttpURLConnection call =
                    (HttpURLConnection) server.resolve(DOOR + dagId).toURL().openConnection();
            call.setRequestMethod(method);
            call.setConnectTimeout(TIMEOUT);
            call.setReadTimeout(TIMEOUT);
            if (body != null) {
                call.setDoOutput(true);
                call.setRequestProperty("Content-Type", "application/json");
                call.getOutputStream().write(body);
            }
            try (InputStream in = call.getInputStream()) {
                return JSON.object(in.readAllBytes(), "the fake's answer");
            }
        } catch (IOException e) {
            throw new DagFileException(
                    "the fake Airflow at " + server + " does not take DAG " + dagId + ": " + e, dagId, e);
        }
    }
}
