/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.wait;

import org.jspecify.annotations.NullMarked;
