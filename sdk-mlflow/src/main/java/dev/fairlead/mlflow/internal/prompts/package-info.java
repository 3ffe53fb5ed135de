/** How prompts are kept on the server. */
@NullMarked
package dev.fairlead.mlflow.internal.prompts;

import org.jspecify.annotations.NullMarked;
