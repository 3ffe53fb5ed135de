/** Traces of GenAI applications, what was said of them, and what they are judged by: assessments, evaluation datasets, scorers. */
@NullMarked
package dev.fairlead.mlflow.traces;

import org.jspecify.annotations.NullMarked;
