/**
 * The pod that an app gets on a class, and what may be patched into it: pure. It must not know
 * sessions, nor hold a client.
 */
@NullMarked
package dev.vitrine.operator.pod;

import org.jspecify.annotations.NullMarked;
