package dev.fairlead.airflow.internal.publish;

import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.internal.render.Header;
import org.jspecify.annotations.Nullable;

/** Tells a DAG's file that we wrote, and that nobody changed since, from any other. */
public final class OurFile {
    private OurFile() {}

    /**
     * Checks that a file may be replaced.
     *
     * @param file where it is, for messages
     * @throws DagFileException if it is not ours, was changed by hand, or is another DAG's
     */
    public static void check(String file, String dagId, String text) {
        Header header = Header.read(text)
                .orElseThrow(() -> refusal(
                        file,
                        " was not written by Fairlead and is left as it is; move it away, give the DAG '" + dagId
                                + "' another id, or overwrite it",
                        null));
        if (!header.untouched()) {
            throw refusal(
                    file,
                    " was changed by hand since Fairlead wrote it and is left as it is; take the change over into the Java "
                            + "program and remove the file, or overwrite it",
                    null);
        }
        if (!header.dagId().equals(dagId)) {
            throw refusal(
                    file, " holds the DAG '" + header.dagId() + "', not '" + dagId + "', and is left as it is", null);
        }
    }

    static DagFileException refusal(String file, String what, @Nullable Throwable cause) {
        return new DagFileException(file + what, file, cause);
    }
}
