/** Airflow. */
@NullMarked
package dev.fairlead.benchmarks.airflow;

import org.jspecify.annotations.NullMarked;
