/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.kube;

import org.jspecify.annotations.NullMarked;
