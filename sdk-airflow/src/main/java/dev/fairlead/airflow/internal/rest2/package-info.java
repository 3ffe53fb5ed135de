/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.rest2;

import org.jspecify.annotations.NullMarked;
