/** What our fake servers share: routes, faults, the journal. Not for users. */
@NullMarked
package dev.fairlead.testing.internal.http;

import org.jspecify.annotations.NullMarked;
