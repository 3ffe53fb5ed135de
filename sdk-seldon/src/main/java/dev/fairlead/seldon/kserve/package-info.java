/** KServe's inference services, in the words of {@link dev.fairlead.seldon}: values, and a client that deploys and follows them. */
@NullMarked
package dev.fairlead.seldon.kserve;

import org.jspecify.annotations.NullMarked;
