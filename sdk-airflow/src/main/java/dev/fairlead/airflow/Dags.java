package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.dag.Dag;
import java.util.Optional;

/** Delivers, finds and switches DAGs. Immutable and thread-safe. */
public interface Dags {
    /**
     * Renders a DAG for this server, writes its file where the server reads DAGs, and follows it until the server has parsed exactly this
     * file. Doing it again changes nothing.
     *
     * <p>The operation fails with {@link DagImportException}, which names the Java task, when the server cannot import the file.
     *
     * @throws dev.fairlead.airflow.dag.DagFileException if the file there is not ours, or was changed by hand
     * @throws dev.fairlead.error.ConfigurationException if no place for DAGs is known
     */
    Operation<DeployedDag> deploy(Dag dag);

    /** Takes up the delivery of this operation id again, in this or another process. */
    Operation<DeployedDag> operation(String operationId);

    /**
     * Removes the file of a DAG and follows it until the server no longer runs it. Its runs stay until {@link #delete}.
     *
     * @return an operation whose result tells whether the server knew the DAG
     * @throws dev.fairlead.airflow.dag.DagFileException if the file there is not ours, or was changed by hand
     */
    Operation<Boolean> undeploy(String dagId);

    /**
     * Reads what the server knows of a DAG.
     *
     * @throws dev.fairlead.error.NotFoundException if it knows none
     */
    DagInfo get(String dagId);

    /** Reads what the server knows of a DAG, if it knows it. */
    Optional<DagInfo> find(String dagId);

    /** Lists the DAGs by id. */
    PagedIterable<DagInfo> list();

    /** Returns the file of a DAG as the server parsed it last. */
    Optional<String> source(String dagId);

    /** Lists the files the server cannot import. */
    PagedIterable<ImportProblem> importProblems();

    /** Stops the DAG from being scheduled; runs that are triggered wait. */
    DagInfo pause(String dagId);

    /** Lets the DAG be scheduled. */
    DagInfo unpause(String dagId);

    /** Deletes what the server remembers of a DAG, its runs and logs included; a file that is still there brings the DAG back, empty. */
    void delete(String dagId);
}
