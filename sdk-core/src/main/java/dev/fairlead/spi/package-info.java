/** What Fairlead's own modules share. Outside semantic versioning: not for users. */
@NullMarked
package dev.fairlead.spi;

import org.jspecify.annotations.NullMarked;
