/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.airflow.internal.rest;

import org.jspecify.annotations.NullMarked;
