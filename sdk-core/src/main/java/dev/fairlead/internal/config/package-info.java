/** Internal: may change at any time. */
@NullMarked
package dev.fairlead.internal.config;

import org.jspecify.annotations.NullMarked;
