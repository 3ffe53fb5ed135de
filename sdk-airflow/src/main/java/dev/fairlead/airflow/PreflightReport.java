package dev.fairlead.airflow;

import dev.fairlead.airflow.PreflightFinding.Severity;
import dev.fairlead.error.InvalidValueException;
import java.util.List;

/**
 * Tells what a server lacks, or has against, a DAG that was not delivered yet.
 *
 * @param dagId the DAG
 * @param server the server it was held against
 * @param findings what was found, errors first; empty where the DAG may come
 */
public record PreflightReport(String dagId, ServerInfo server, List<PreflightFinding> findings) {
    /** Sorts and copies the findings. */
    public PreflightReport {
        findings = findings.stream()
                .sorted(java.util.Comparator.comparing(PreflightFinding::severity))
                .toList();
    }

    /** Returns whether nothing was found that keeps the DAG from working. */
    public boolean ok() {
        return errors().isEmpty();
    }

    /** Returns what keeps the DAG from working. */
    public List<PreflightFinding> errors() {
        return findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
    }

    /**
     * Returns this report if nothing was found that keeps the DAG from working.
     *
     * @throws InvalidValueException that names each error with its place and remedy
     */
    public PreflightReport orThrow() {
        if (ok()) {
            return this;
        }
        throw new InvalidValueException(
                "DAG " + dagId + " on Airflow " + server.version(),
                errors().stream()
                        .map(f -> new InvalidValueException.Problem(
                                f.place(), f.rule() + "; " + f.remedy(), "'" + f.value() + "'"))
                        .toList());
    }
}
