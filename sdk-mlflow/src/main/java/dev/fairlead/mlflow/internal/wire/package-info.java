/** What goes over the wire, one record per JSON object; what a server may leave out is nullable. */
@NullMarked
package dev.fairlead.mlflow.internal.wire;

import org.jspecify.annotations.NullMarked;
