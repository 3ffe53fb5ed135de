/** Where credentials come from, and how they are presented. */
@NullMarked
package dev.fairlead.credentials;

import org.jspecify.annotations.NullMarked;
