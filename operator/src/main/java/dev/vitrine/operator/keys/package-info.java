/**
 * The keys that sign assignments and connect tokens, kept in Secrets. It must not know sessions.
 */
@NullMarked
package dev.vitrine.operator.keys;

import org.jspecify.annotations.NullMarked;
