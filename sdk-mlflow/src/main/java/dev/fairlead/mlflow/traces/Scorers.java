package dev.fairlead.mlflow.traces;

import java.util.List;

/** Finds what judges traces, from MLflow 3.4 on; MLflow's Python client writes it. Immutable and thread-safe. */
public interface Scorers {
    /** Lists the scorers of an experiment, each with its newest version. */
    List<Scorer> list(String experimentId);

    /**
     * Lists all versions of a scorer.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    List<Scorer> versions(String experimentId, String name);

    /**
     * Reads the newest version of a scorer.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Scorer get(String experimentId, String name);

    /**
     * Reads a version of a scorer.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    Scorer get(String experimentId, String name, int version);
}
