/** Seldon's operator, its admission webhook and a gateway inside the JVM, for tests and demonstrations. */
@NullMarked
package dev.fairlead.testing.seldon;

import org.jspecify.annotations.NullMarked;
