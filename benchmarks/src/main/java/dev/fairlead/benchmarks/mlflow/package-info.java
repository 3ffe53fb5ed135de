/** MLflow, beside its own clients. */
@NullMarked
package dev.fairlead.benchmarks.mlflow;

import org.jspecify.annotations.NullMarked;
