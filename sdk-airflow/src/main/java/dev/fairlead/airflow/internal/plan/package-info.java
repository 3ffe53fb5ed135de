/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.plan;

import org.jspecify.annotations.NullMarked;
