/** What a server's administrators care for: pools, variables, connections, and how the server is. */
@NullMarked
package dev.fairlead.airflow.admin;

import org.jspecify.annotations.NullMarked;
