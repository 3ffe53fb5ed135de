/** One workload vocabulary for DAG pods and model servers: resources, GPUs, pods, secrets. */
@NullMarked
package dev.fairlead.kubernetes;

import org.jspecify.annotations.NullMarked;
