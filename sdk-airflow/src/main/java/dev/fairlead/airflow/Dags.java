package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileVersion;
import java.util.List;
import java.util.Optional;

/** Delivers, finds and switches DAGs. Immutable and thread-safe. */
public interface Dags {
    /**
     * Renders a DAG for this server, writes its file where the server reads DAGs, and follows it until the server has parsed exactly this
     * file. Doing it again changes nothing.
     *
     * <p>The operation fails with {@link DagImportException}, which names the Java task, when the server cannot import the file. Where this
     * machine has a Python (the setting {@code airflow.python}), a mistake in trusted Python is found before anything is delivered.
     *
     * @throws DagImportException if a Python at hand cannot read the file
     * @throws dev.fairlead.airflow.dag.DagFileException if the file there is not ours, or was changed by hand
     * @throws dev.fairlead.error.ConfigurationException if no place for DAGs is known
     */
    Operation<DeployedDag> deploy(Dag dag);

    /** Does as {@link #deploy}, and replaces whatever file stands there: changed by hand, or not ours. */
    Operation<DeployedDag> overwrite(Dag dag);

    /**
     * Lists what {@link #deploy} would change, and whether somebody changed the file by hand; changes nothing. Empty after a delivery.
     *
     * @return a value whose text a colleague can read
     */
    DagPlan plan(Dag dag);

    /** Takes up the delivery of this operation id again, in this or another process. */
    Operation<DeployedDag> operation(String operationId);

    /**
     * Lists the versions of a DAG that the server remembers, newest first.
     *
     * @throws dev.fairlead.error.NotFoundException if it knows no such DAG
     * @throws dev.fairlead.error.UnsupportedByServerException if it is an Airflow before 3
     */
    PagedIterable<DagVersion> versions(String dagId);

    /**
     * Reads a version of a DAG.
     *
     * @throws dev.fairlead.error.NotFoundException if the server has no such version
     * @throws dev.fairlead.error.UnsupportedByServerException if it is an Airflow before 3
     */
    DagVersion version(String dagId, int number);

    /** Lists the states of a DAG's file that its place remembers, newest first: the commits of git; empty for other places. */
    List<DagFileVersion> fileVersions(String dagId);

    /**
     * Delivers the file of an earlier version of the server's again, and follows it as {@link #deploy} does.
     *
     * @param version a number of {@link #versions}
     * @throws dev.fairlead.airflow.dag.DagFileException if that version was not written by Fairlead, or the file there now is not to be replaced
     * @throws dev.fairlead.error.NotFoundException if the server has no such version
     * @throws dev.fairlead.error.UnsupportedByServerException if it is an Airflow before 3
     */
    Operation<DeployedDag> rollback(String dagId, int version);

    /**
     * Delivers the file as its place held it earlier, and follows it as {@link #deploy} does.
     *
     * @param fileVersion one of {@link #fileVersions}: a commit
     * @throws dev.fairlead.airflow.dag.DagFileException if the place has no such file, or the file there now is not to be replaced
     */
    Operation<DeployedDag> rollback(String dagId, String fileVersion);

    /**
     * Removes the file of a DAG and follows it until the server no longer runs it. Its runs stay until {@link #delete}.
     *
     * @return an operation whose result tells whether the server knew the DAG
     * @throws dev.fairlead.airflow.dag.DagFileException if the file there is not ours, or was changed by hand
     */
    Operation<Boolean> undeploy(String dagId);

    /** Does as {@link #undeploy}, and then lets the server forget the DAG with its runs and logs. */
    Operation<Boolean> undeployAndForget(String dagId);

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

    /**
     * Returns the file of a version of a DAG.
     *
     * @throws dev.fairlead.error.NotFoundException if the server has no such version
     * @throws dev.fairlead.error.UnsupportedByServerException if it is an Airflow before 3
     */
    String source(String dagId, int version);

    /** Lists the files the server cannot import. */
    PagedIterable<ImportProblem> importProblems();

    /** Stops the DAG from being scheduled; runs that are triggered wait. */
    DagInfo pause(String dagId);

    /** Lets the DAG be scheduled. */
    DagInfo unpause(String dagId);

    /**
     * Stops DAGs from being scheduled. Needs Airflow 3.
     *
     * @param idPart what their ids contain; {@code %} stands for any text, so that {@code %} alone means all DAGs
     * @return how many DAGs these are
     */
    int pauseAll(String idPart);

    /** Lets DAGs be scheduled; see {@link #pauseAll}. Needs Airflow 3. */
    int unpauseAll(String idPart);

    /** Deletes what the server remembers of a DAG, its runs and logs included; a file that is still there brings the DAG back, empty. */
    void delete(String dagId);
}
