package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.DagPublisherFactory;
import dev.fairlead.error.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Opens publishers by their location. */
public final class Publishers {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:.*");

    private Publishers() {}

    /** Opens the publisher of a location: that of a factory that knows it, or a folder. */
    public static DagPublisher open(String location) {
        for (DagPublisherFactory factory :
                ServiceLoader.load(DagPublisherFactory.class, Publishers.class.getClassLoader())) {
            DagPublisher publisher = factory.open(location).orElse(null);
            if (publisher != null) {
                return publisher;
            }
        }
        if (SCHEME.matcher(location).matches()) {
            throw new ConfigurationException("the setting airflow.dags-dir names '" + location
                    + "', and nothing on the class path delivers DAGs to such a place; name a folder");
        }
        try {
            return DagPublisher.folder(Path.of(location));
        } catch (InvalidPathException e) {
            throw new ConfigurationException("the setting airflow.dags-dir is no path: " + e.getMessage(), e);
        }
    }
}
