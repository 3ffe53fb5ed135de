package dev.fairlead.airflow.dag;

import java.util.Optional;

/**
 * Opens publishers by their location, the setting {@code airflow.dags-dir}. Found by {@link java.util.ServiceLoader}; a location that no factory
 * knows is a folder.
 */
public interface DagPublisherFactory {
    /** Opens the publisher of a location such as {@code git+ssh://host/repository}; empty where this factory does not know the kind. */
    Optional<DagPublisher> open(String location);
}
