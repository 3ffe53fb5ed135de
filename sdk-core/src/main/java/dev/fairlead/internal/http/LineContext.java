package dev.fairlead.internal.http;

import dev.fairlead.CallListener;
import dev.fairlead.internal.retry.Breakers;
import dev.fairlead.spi.Sleeper;
import java.time.Clock;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What all lines of one platform share.
 *
 * @param clock all limits are measured on it
 * @param sleeper passes the pauses between attempts
 * @param random numbers from 0 to 1, for jitter
 * @param breakers the circuit breakers
 * @param listeners who is told of each attempt
 * @param open throws once the platform is closed
 */
public record LineContext(
        Clock clock,
        Sleeper sleeper,
        DoubleSupplier random,
        Breakers breakers,
        List<CallListener> listeners,
        Runnable open) {}
