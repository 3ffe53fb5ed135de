/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.wire;

import org.jspecify.annotations.NullMarked;
