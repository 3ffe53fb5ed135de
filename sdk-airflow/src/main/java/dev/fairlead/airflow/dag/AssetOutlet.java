package dev.fairlead.airflow.dag;

/** Is what a task says it updates: an asset, or an alias under which it decides at run time. */
public sealed interface AssetOutlet permits Asset, AssetAlias {}
