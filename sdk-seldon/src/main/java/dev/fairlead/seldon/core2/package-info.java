/** Seldon Core 2: models, servers, pipelines and experiments as values, with the rules of its scheduler. */
@NullMarked
package dev.fairlead.seldon.core2;

import org.jspecify.annotations.NullMarked;
