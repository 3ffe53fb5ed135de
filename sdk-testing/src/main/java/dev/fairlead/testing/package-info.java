/** The embedded platform: in-JVM servers with the real semantics on real sockets. */
@NullMarked
package dev.fairlead.testing;

import org.jspecify.annotations.NullMarked;
