/** Settings: endpoints, retries, time limits, and the sources they come from. */
@NullMarked
package dev.fairlead.config;

import org.jspecify.annotations.NullMarked;
