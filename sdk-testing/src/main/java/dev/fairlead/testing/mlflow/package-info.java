/** An MLflow tracking server inside the test's own JVM. */
@NullMarked
package dev.fairlead.testing.mlflow;

import org.jspecify.annotations.NullMarked;
