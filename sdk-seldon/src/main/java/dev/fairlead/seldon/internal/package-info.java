/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.seldon.internal;

import org.jspecify.annotations.NullMarked;
