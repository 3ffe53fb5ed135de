/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.seldon.internal.crd;

import org.jspecify.annotations.NullMarked;
