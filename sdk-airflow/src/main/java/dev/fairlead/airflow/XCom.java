package dev.fairlead.airflow;

import java.time.Instant;

/**
 * Is an output of a task, without its value.
 *
 * @param key names it
 * @param at when it was written
 */
public record XCom(XComKey key, Instant at) {}
