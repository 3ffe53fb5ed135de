/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.retry;

import org.jspecify.annotations.NullMarked;
