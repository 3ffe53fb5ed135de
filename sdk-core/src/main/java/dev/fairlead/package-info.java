/** The one root, and what every system shares: operations, pages, model sources, listeners. */
@NullMarked
package dev.fairlead;

import org.jspecify.annotations.NullMarked;
