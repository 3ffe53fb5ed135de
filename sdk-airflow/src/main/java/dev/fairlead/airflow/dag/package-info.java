/** A DAG as an immutable value: its tasks, its edges, its schedule, how it is rendered and delivered. */
@NullMarked
package dev.fairlead.airflow.dag;

import org.jspecify.annotations.NullMarked;
