/** What our own tests share: proofs of features, a manual clock, leak checks. Not published. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.support;
