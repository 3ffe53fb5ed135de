/** Prompts in MLflow's registry: versions of text and chat templates, with aliases and tags. */
@NullMarked
package dev.fairlead.mlflow.prompts;

import org.jspecify.annotations.NullMarked;
