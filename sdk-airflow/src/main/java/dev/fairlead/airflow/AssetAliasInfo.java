package dev.fairlead.airflow;

/**
 * Is a name by which tasks reach assets that they choose while they run.
 *
 * @param id the server's number for it
 * @param name the name
 * @param group the group
 */
public record AssetAliasInfo(int id, String name, String group) {}
