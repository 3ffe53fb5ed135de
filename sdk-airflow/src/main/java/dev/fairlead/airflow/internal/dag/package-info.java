/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.dag;

import org.jspecify.annotations.NullMarked;
