/**
 * The real servers as local processes, for tests: MLflow, Airflow, MLServer, a Kubernetes control plane and the Seldon
 * operator. Linux only; no containers.
 *
 * <p>{@link dev.fairlead.testing.server.RealServers} shares one of each per JVM and decides by {@code FAIRLEAD_REAL}
 * what runs; the classes named after a server start one of your own.
 */
@NullMarked
package dev.fairlead.testing.server;

import org.jspecify.annotations.NullMarked;
