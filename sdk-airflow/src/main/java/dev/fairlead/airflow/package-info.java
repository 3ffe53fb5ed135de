/** Airflow: DAGs delivered and confirmed, runs triggered, awaited and read. Not Apache's {@code airflow-sdk}, which writes tasks in Java. */
@NullMarked
package dev.fairlead.airflow;

import org.jspecify.annotations.NullMarked;
