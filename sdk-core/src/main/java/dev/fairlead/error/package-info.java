/** The exception family; nothing else. */
@NullMarked
package dev.fairlead.error;

import org.jspecify.annotations.NullMarked;
