/** What the cluster offers. */
@NullMarked
package dev.fairlead.seldon.internal.kube;

import org.jspecify.annotations.NullMarked;
