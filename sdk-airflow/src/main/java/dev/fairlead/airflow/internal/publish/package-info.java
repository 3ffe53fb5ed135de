/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.publish;

import org.jspecify.annotations.NullMarked;
