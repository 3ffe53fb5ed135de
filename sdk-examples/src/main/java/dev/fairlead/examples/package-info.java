/** Runnable programs, one per thing the README shows. */
@NullMarked
package dev.fairlead.examples;

import org.jspecify.annotations.NullMarked;
