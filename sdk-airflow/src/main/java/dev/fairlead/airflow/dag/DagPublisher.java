package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.internal.publish.FolderPublisher;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings rendered DAGs to where Airflow reads them. Implementations are thread-safe and write a file whole or not at all, so that Airflow never
 * reads half of one.
 */
public interface DagPublisher {
    /** Writes to a folder that Airflow reads, local or mounted; it is made when it is not there. */
    static DagPublisher folder(Path folder) {
        return new FolderPublisher(folder);
    }

    /**
     * Writes the file of a DAG in place of an older one.
     *
     * @return whether anything changed; false where the same file stood there
     * @throws DagFileException if a file stands there that Fairlead did not write, or that was changed by hand; it is left as it is
     */
    boolean publish(RenderedDag dag);

    /**
     * Removes the file of a DAG.
     *
     * @return whether it was there
     * @throws DagFileException if the file was not written by Fairlead, or was changed by hand; it is left as it is
     */
    boolean remove(String dagId);

    /** Returns the file of a DAG as it stands there now. */
    Optional<String> current(String dagId);

    /** Returns where DAGs go, for messages. */
    String location();
}
