package dev.fairlead.airflow;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lists what the delivery of a DAG would change, for people to read before it is done.
 *
 * @param dagId the DAG
 * @param location where its file goes; empty where this program does not know the place
 * @param file what stands there now
 * @param live what the server runs now
 * @param changes what the new file says otherwise than the one there, or than what the server runs where there is no file
 */
public record DagPlan(String dagId, String location, DagFileState file, DagFileState live, List<DagChange> changes) {
    /** Copies the changes. */
    public DagPlan {
        changes = List.copyOf(changes);
    }

    /** Tells whether there is nothing to do: the file is the same, and the server runs it. */
    public boolean isEmpty() {
        return changes.isEmpty() && live == DagFileState.SAME;
    }

    /** Tells whether a file was changed by hand or is not ours, so that only an overwrite would replace it. */
    public boolean needsOverwrite() {
        return isOthers(file) || (isOthers(live) && file != DagFileState.SAME);
    }

    private static boolean isOthers(DagFileState state) {
        return state == DagFileState.EDITED || state == DagFileState.FOREIGN;
    }

    /** Shows it on lines: one for each change, and what else is to be known. */
    @Override
    public String toString() {
        String head = "DAG " + dagId + (location.isEmpty() ? "" : " at " + location) + ": ";
        if (isEmpty()) {
            return head + "nothing to change";
        }
        String lines = changes.stream()
                .map(c -> "\n  " + c.toString().replace("\n", "\n  "))
                .collect(Collectors.joining());
        return head + (changes.size() == 1 ? "1 change" : changes.size() + " changes") + lines + warnings();
    }

    private String warnings() {
        StringBuilder warnings = new StringBuilder();
        if (file == DagFileState.EDITED) {
            warnings.append("\n  ! the file was changed by hand: take the change over, or overwrite it");
        } else if (file == DagFileState.FOREIGN) {
            warnings.append("\n  ! the file was not written by Fairlead: move it away, or overwrite it");
        }
        if (live == DagFileState.EDITED && file != DagFileState.EDITED) {
            warnings.append("\n  ! the server runs a version that was changed by hand");
        } else if (live == DagFileState.FOREIGN && file != DagFileState.FOREIGN) {
            warnings.append("\n  ! the server runs a DAG of this id that Fairlead did not write");
        } else if (file == DagFileState.SAME) {
            warnings.append("\n  ! the file is there, and the server does not run it yet");
        }
        return warnings.toString();
    }
}
