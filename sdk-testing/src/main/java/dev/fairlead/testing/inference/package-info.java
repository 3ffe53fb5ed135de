/** An inference server inside the JVM, for tests and demonstrations. */
@NullMarked
package dev.fairlead.testing.inference;

import org.jspecify.annotations.NullMarked;
