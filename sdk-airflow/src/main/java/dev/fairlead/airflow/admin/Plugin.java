package dev.fairlead.airflow.admin;

import java.util.Map;

/**
 * Is a plugin that the server has loaded.
 *
 * @param name the name
 * @param source where it came from
 * @param parts what it adds, as the server tells it, such as {@code timetables}
 */
public record Plugin(String name, String source, Map<String, Object> parts) {}
