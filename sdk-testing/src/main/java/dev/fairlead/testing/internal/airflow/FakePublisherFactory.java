package dev.fairlead.testing.internal.airflow;

import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.DagPublisherFactory;
import java.net.URI;
import java.util.Optional;

/** Knows locations such as {@code fake-airflow:http://127.0.0.1:8080}. */
public final class FakePublisherFactory implements DagPublisherFactory {
    public static final String PREFIX = "fake-airflow:";

    @Override
    public Optional<DagPublisher> open(String location) {
        return location.startsWith(PREFIX)
                ? Optional.of(new FakePublisher(URI.create(location.substring(PREFIX.length()))))
                : Optional.empty();
    }
}
