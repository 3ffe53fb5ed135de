/** An Airflow inside the JVM. */
@NullMarked
package dev.fairlead.testing.airflow;

import org.jspecify.annotations.NullMarked;
