package dev.fairlead.mlflow.traces;

import dev.fairlead.PagedIterable;
import dev.fairlead.mlflow.Experiment;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds traces and says things of them, from MLflow 3.2 on; changing them needs 3.3, reading their spans 3.7. Traces are made by
 * OpenTelemetry, which {@link #otlp} configures. Immutable and thread-safe.
 */
public interface Traces {
    /** Searches traces; each is given once, without its spans, although others may arrive meanwhile. */
    PagedIterable<Trace> search(Consumer<TraceQuery.Builder> query);

    /**
     * Reads a trace with its spans.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Trace get(String traceId);

    /** Reads a trace with its spans, if there is one. */
    Optional<Trace> find(String traceId);

    /** Sets a tag. */
    void setTag(String traceId, String key, String value);

    /** Removes a tag; does nothing where there is none. */
    void deleteTag(String traceId, String key);

    /** Deletes traces of an experiment, for good. Returns how many were there. */
    int delete(String experimentId, Collection<String> traceIds);

    /**
     * Deletes the traces of an experiment that began up to a moment, oldest first, for good. Returns how many were deleted.
     *
     * @param most how many at most
     */
    int deleteUntil(String experimentId, Instant moment, int most);

    /** Links traces to a run, where they are found by {@code TraceFilter.runId()} then; the server does not look whether either exists. */
    void linkToRun(String runId, Collection<String> traceIds);

    /** Says something of a trace. A lost answer never makes a second assessment. */
    Assessment assess(String traceId, Consumer<AssessmentSpec.Builder> spec);

    /**
     * Reads an assessment.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Assessment assessment(String traceId, String assessmentId);

    /** Changes an assessment, and returns it as it is then. */
    Assessment updateAssessment(String traceId, String assessmentId, Consumer<AssessmentChange.Builder> change);

    /** Deletes an assessment; does nothing where there is none. */
    void deleteAssessment(String traceId, String assessmentId);

    /** Returns how OpenTelemetry sends spans into an experiment, from MLflow 3.4 on. */
    OtlpSettings otlp(Experiment experiment);

    /** Makes and fills datasets for evaluation. */
    EvaluationDatasets datasets();

    /** Finds what judges traces. */
    Scorers scorers();
}
