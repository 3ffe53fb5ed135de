/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.json;

import org.jspecify.annotations.NullMarked;
