/**
 * Viewers without a browser: which pod may watch which session. Must not know who verifies what.
 */
@NullMarked
package dev.vitrine.operator.gateway.watch;

import org.jspecify.annotations.NullMarked;
