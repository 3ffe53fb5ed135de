/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.surface;

import org.jspecify.annotations.NullMarked;
