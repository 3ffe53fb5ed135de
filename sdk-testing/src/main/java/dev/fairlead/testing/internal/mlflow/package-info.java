/** The fake MLflow tracking server's tables and rules. Not for users. */
@NullMarked
package dev.fairlead.testing.internal.mlflow;

import org.jspecify.annotations.NullMarked;
