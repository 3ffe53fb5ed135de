package dev.fairlead.mlflow;

import dev.fairlead.error.MlPlatformException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says exactly which values of metrics the server has not confirmed. Sending them again makes no second row, should it have stored some of
 * them after all.
 */
public class MetricsUndeliveredException extends MlPlatformException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 8;

    private final String runId;
    private final String why;
    private final transient List<Metric> points;
    private final transient Map<String, Missing> missing;
    private final transient @Nullable Path spool;

    /**
     * Creates the exception.
     *
     * @param points what was not confirmed, oldest first
     * @param why what ended the attempts
     * @param spool the folder that still holds them, or {@code null}
     */
    public MetricsUndeliveredException(
            String runId, List<Metric> points, String why, @Nullable Path spool, @Nullable Throwable cause) {
        super(message(runId, points, why, spool), cause);
        this.runId = runId;
        this.why = why;
        this.points = List.copyOf(points);
        this.missing = Map.copyOf(byKey(points));
        this.spool = spool;
    }

    /**
     * Tells what is missing of one metric.
     *
     * @param count how many values
     * @param firstStep the lowest step among them
     * @param lastStep the highest step among them
     */
    public record Missing(int count, long firstStep, long lastStep) {
        private Missing and(Missing other) {
            return new Missing(
                    count + other.count, Math.min(firstStep, other.firstStep), Math.max(lastStep, other.lastStep));
        }

        @Override
        public String toString() {
            return count
                    + (firstStep == lastStep ? " at step " + firstStep : " in steps " + firstStep + " to " + lastStep);
        }
    }

    private static Map<String, Missing> byKey(List<Metric> points) {
        Map<String, Missing> all = new LinkedHashMap<>();
        points.forEach(p -> all.merge(p.key(), new Missing(1, p.step(), p.step()), Missing::and));
        return all;
    }

    private static String message(String runId, List<Metric> points, String why, @Nullable Path spool) {
        Map<String, Missing> all = byKey(points);
        String named = all.entrySet().stream()
                .limit(NAMED)
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", "));
        String more = all.size() > NAMED ? ", and " + (all.size() - NAMED) + " more metrics" : "";
        String remedy = spool == null
                ? "they are in points() of this exception and can be logged again without a second row"
                : "they are kept in " + spool
                        + " and are sent when the run is logged to with this spool again, or by runs().deliverSpooled(…)";
        return "mlflow run " + runId + ": " + points.size() + " metric values are not confirmed as stored (" + named
                + more + "): " + why + "; " + remedy;
    }

    /** Tells that the server may take them later. */
    @Override
    public boolean retryable() {
        return getCause() instanceof MlPlatformException cause && cause.retryable();
    }

    /** Returns the id of the run. */
    public String runId() {
        return runId;
    }

    /** Returns what ended the attempts. */
    public String why() {
        return why;
    }

    /** Returns how many values are missing. */
    public int count() {
        return points().size();
    }

    /** Returns what is missing, metric by metric. */
    public Map<String, Missing> missing() {
        return missing == null ? Map.of() : missing;
    }

    /** Returns the values themselves, oldest first, with the times they were recorded at. */
    public List<Metric> points() {
        return points == null ? List.of() : points;
    }

    /** Returns the folder that still holds them, where there is a spool. */
    public Optional<Path> spool() {
        return Optional.ofNullable(spool);
    }
}
