/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.rest3;

import org.jspecify.annotations.NullMarked;
