/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal;

import org.jspecify.annotations.NullMarked;
