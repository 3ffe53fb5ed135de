/** Workspaces, users, permissions and roles on the server. */
@NullMarked
package dev.fairlead.mlflow.internal.admin;

import org.jspecify.annotations.NullMarked;
