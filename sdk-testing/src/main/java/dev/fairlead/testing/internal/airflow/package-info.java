/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.testing.internal.airflow;

import org.jspecify.annotations.NullMarked;
