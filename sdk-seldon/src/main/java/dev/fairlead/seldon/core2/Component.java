package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names a part of a Seldon Core 2 installation. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record Component(String value) {
    /** Decides which server serves which model. */
    public static final Component SCHEDULER = new Component("seldon-scheduler");

    /** Lets requests in. */
    public static final Component ENVOY = new Component("seldon-envoy");

    /** Carries data between the steps of pipelines. */
    public static final Component DATAFLOW_ENGINE = new Component("seldon-dataflow-engine");

    /** Carries data between Kafka and models. */
    public static final Component MODEL_GATEWAY = new Component("seldon-modelgateway");

    /** Carries requests to pipelines. */
    public static final Component PIPELINE_GATEWAY = new Component("seldon-pipelinegateway");

    /** Counts what is used. */
    public static final Component HODOMETER = new Component("hodometer");

    private static final List<Component> KNOWN =
            List.of(SCHEDULER, ENVOY, DATAFLOW_ENGINE, MODEL_GATEWAY, PIPELINE_GATEWAY, HODOMETER);

    /** Names one by its word. */
    public static Component of(String value) {
        return new Component(value);
    }

    /** Returns the words we know. */
    public static List<Component> known() {
        return KNOWN;
    }

    /** Tells whether we know the word. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
