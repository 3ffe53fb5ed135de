/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.testing.internal.kube;

import org.jspecify.annotations.NullMarked;
