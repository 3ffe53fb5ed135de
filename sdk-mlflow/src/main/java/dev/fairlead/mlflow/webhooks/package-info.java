/** Webhooks: where MLflow tells of what happens in its registry, and how what it sends is checked and read. */
@NullMarked
package dev.fairlead.mlflow.webhooks;

import org.jspecify.annotations.NullMarked;
