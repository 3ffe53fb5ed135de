package dev.fairlead.seldon;

import java.util.Map;

/** Is how a cluster's Seldon operator is set up, as far as it decides what becomes of a deployment; see {@link SeldonDeployments#operator()}. */
public interface OperatorSettings {
    /** Tells whether it writes Istio's routes; no by default. */
    boolean istio();

    /** Tells how it writes Ambassador's routes; not at all by default. */
    Ambassador ambassador();

    /** Tells whether it looks at {@code kedaSpec}; no by default. */
    boolean keda();

    /** Tells whether it begins the name of a Deployment that would be too long with the deployment's; no by default. */
    boolean deploymentNameAsPrefix();

    /** Returns the orchestrator's port for REST; 8000 by default. */
    int httpPort();

    /** Returns the orchestrator's port for gRPC; 5001 by default. */
    int grpcPort();

    /**
     * Returns the images of the servers by implementation and protocol, as {@code seldon-config} lists them; empty means that nobody knows.
     */
    Map<String, Map<String, String>> serverImages();

    /** Returns the settings Seldon is installed with. */
    static OperatorSettings defaults() {
        return builder().build();
    }

    /** Starts settings. */
    static Builder builder() {
        return ImmutableOperatorSettings.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** How an operator writes Ambassador's routes. */
    enum Ambassador {
        /** Not at all. */
        OFF,
        /** As an annotation of the Services, which Ambassador 1 reads. */
        ANNOTATIONS,
        /** As Mappings, which Ambassador 2 and later read. */
        MAPPINGS
    }

    /** Builds settings. Not thread-safe. */
    interface Builder {
        /** Sets whether it writes Istio's routes. */
        Builder istio(boolean enabled);

        /** Sets how it writes Ambassador's routes. */
        Builder ambassador(Ambassador ambassador);

        /** Sets whether it looks at {@code kedaSpec}. */
        Builder keda(boolean enabled);

        /** Sets whether it begins the name of a Deployment that would be too long with the deployment's. */
        Builder deploymentNameAsPrefix(boolean enabled);

        /** Sets the orchestrator's port for REST. */
        Builder httpPort(int port);

        /** Sets the orchestrator's port for gRPC. */
        Builder grpcPort(int port);

        /** Replaces the images of the servers. */
        Builder serverImages(Map<String, ? extends Map<String, String>> images);

        /** Makes the settings. */
        OperatorSettings build();
    }
}
