/** A Kubernetes API in this JVM, with the real one's semantics. */
@NullMarked
package dev.fairlead.testing.kube;

import org.jspecify.annotations.NullMarked;
