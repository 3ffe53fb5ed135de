/** Tensors and the client of the Open Inference Protocol, for MLServer, Triton, KServe and Seldon. */
@NullMarked
package dev.fairlead.inference;

import org.jspecify.annotations.NullMarked;
