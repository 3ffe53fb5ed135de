package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Publication;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.ObjectStore;
import dev.fairlead.spi.PlatformSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes DAGs as objects, which the store replaces whole. A text as long as the one it replaces gets an empty line at its end: an
 * {@code S3DagBundle} passes over a change that shows in neither size nor time, and the store's time is in whole seconds, of another clock.
 */
public final class S3Publisher implements DagPublisher {
    private final ObjectStore store;
    private final String folder;

    S3Publisher(ObjectStore store, URI folder) {
        this.store = store;
        this.folder = folder.toString().replaceAll("/+$", "");
    }

    /** Opens the publisher of a folder of a bucket; opens no connection. */
    public static S3Publisher of(PlatformSpi platform, URI folder) {
        String bucket = folder.getRawAuthority();
        if (!"s3".equals(folder.getScheme())
                || bucket == null
                || bucket.contains("@")
                || folder.getRawQuery() != null
                || folder.getRawFragment() != null) {
            throw new ConfigurationException(
                    "DAGs go to a folder of a bucket such as s3://bucket/dags, not to '" + folder + "'");
        }
        ObjectStore store = ObjectStore.of("s3", platform)
                .orElseThrow(() -> new ConfigurationException(
                        "DAGs cannot be written to " + folder + ": fairlead-s3 is not on the class path; add it"));
        return new S3Publisher(store, folder);
    }

    private URI object(String dagId) {
        return URI.create(folder + "/" + RenderedDag.fileName(dagId));
    }

    @Override
    public Publication publish(String dagId, String source, boolean overwrite) {
        URI object = object(dagId);
        Optional<String> there = stored(dagId);
        String text = Header.text(source);
        if (there.map(Header::text).filter(text::equals).isPresent()) {
            return new Publication(false, Optional.empty());
        }
        if (!overwrite) {
            there.ifPresent(old -> OurFile.check(object.toString(), dagId, old));
        }
        boolean asLong =
                there.filter(old -> bytes(old).length == bytes(text).length).isPresent();
        byte[] sent = bytes(asLong ? text + "\n" : text);
        try {
            store.put(object, () -> new ByteArrayInputStream(sent), sent.length);
        } catch (IOException e) {
            throw OurFile.refusal(object.toString(), " cannot be written: " + e, e);
        }
        return new Publication(true, Optional.empty());
    }

    @Override
    public boolean remove(String dagId) {
        URI object = object(dagId);
        Optional<String> there = current(dagId);
        there.ifPresent(text -> {
            OurFile.check(object.toString(), dagId, text);
            store.delete(object);
        });
        return there.isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<String> current(String dagId) {
        return stored(dagId).map(Header::text);
    }

    private Optional<String> stored(String dagId) {
        URI object = object(dagId);
        try (InputStream in = store.open(object, 0, -1)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw OurFile.refusal(object.toString(), " cannot be read: " + e, e);
        }
    }

    @Override
    public String location() {
        return folder;
    }

    @Override
    public String toString() {
        return "S3Publisher[" + folder + "]";
    }
}
