/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal;

import org.jspecify.annotations.NullMarked;
