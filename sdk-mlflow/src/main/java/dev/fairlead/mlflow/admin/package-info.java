/** Administering an MLflow server: workspaces, users, permissions and roles. */
@NullMarked
package dev.fairlead.mlflow.admin;

import org.jspecify.annotations.NullMarked;
