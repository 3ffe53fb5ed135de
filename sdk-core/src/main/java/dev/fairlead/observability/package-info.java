/** Tells Micrometer and OpenTelemetry of our calls, where the program has them. */
@NullMarked
package dev.fairlead.observability;

import org.jspecify.annotations.NullMarked;
