/** Inference deployments on Seldon Core. */
@NullMarked
package dev.fairlead.seldon;

import org.jspecify.annotations.NullMarked;
