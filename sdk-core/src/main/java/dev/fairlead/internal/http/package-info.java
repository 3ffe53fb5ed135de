/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.http;

import org.jspecify.annotations.NullMarked;
