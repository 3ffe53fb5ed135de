/** How webhooks are kept on the server, and what it sends. */
@NullMarked
package dev.fairlead.mlflow.internal.webhooks;

import org.jspecify.annotations.NullMarked;
