package dev.fairlead.examples.flights;

/**
 * Is one thing the program made somewhere.
 *
 * @param what for a reader, e.g. "Model version"
 * @param id as the system there knows it
 * @param where a URL where there is one, else a path or a name
 */
public record Created(String what, String id, String where) {}
