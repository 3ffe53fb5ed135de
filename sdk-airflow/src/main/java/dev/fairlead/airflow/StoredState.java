package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;

/**
 * Is what tasks keep under a key from one try or run to the next.
 *
 * @param key the key
 * @param value a JSON tree, fractions as {@link java.math.BigDecimal}; never null
 * @param updatedAt when it was written last
 * @param expiresAt when the server forgets it; empty for never, and for what is kept at an asset
 */
public record StoredState(String key, Object value, Instant updatedAt, Optional<Instant> expiresAt) {}
