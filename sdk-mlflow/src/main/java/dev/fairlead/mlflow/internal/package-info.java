/** How the MLflow client does what it offers. Not for users. */
@NullMarked
package dev.fairlead.mlflow.internal;

import org.jspecify.annotations.NullMarked;
