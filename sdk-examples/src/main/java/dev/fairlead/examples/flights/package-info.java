/** Flights on time: one program composes the whole platform around one small, real classifier. */
@NullMarked
package dev.fairlead.examples.flights;

import org.jspecify.annotations.NullMarked;
