/** Experiments, runs, metrics, artifacts and models in MLflow. */
@NullMarked
package dev.fairlead.mlflow;

import org.jspecify.annotations.NullMarked;
