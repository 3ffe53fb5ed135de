/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.inference.internal;

import org.jspecify.annotations.NullMarked;
