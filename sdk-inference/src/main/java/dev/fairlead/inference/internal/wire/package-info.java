/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.inference.internal.wire;

import org.jspecify.annotations.NullMarked;
