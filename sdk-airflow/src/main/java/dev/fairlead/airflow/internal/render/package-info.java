/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.render;

import org.jspecify.annotations.NullMarked;
