package dev.fairlead.mlflow;

import dev.fairlead.error.MlPlatformException;
import java.util.Optional;

/**
 * Tells what became of one run's values in a spool.
 *
 * @param runId the id of the run
 * @param delivered how many values the server confirmed
 * @param failure why the rest is still in the spool, such as {@link MetricSpoolException} where another process still uses it; empty when all
 *     was delivered
 */
public record SpoolDelivery(String runId, long delivered, Optional<MlPlatformException> failure) {}
