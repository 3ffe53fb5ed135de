/** How traces and what belongs to them are kept on the server. */
@NullMarked
package dev.fairlead.mlflow.internal.traces;

import org.jspecify.annotations.NullMarked;
