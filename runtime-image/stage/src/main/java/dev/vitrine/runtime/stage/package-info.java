/**
 * Runs the Python process that composes OpenUSD stages and turns its segment files into scenes. It
 * knows of the engine only {@code engine.scene}, and nothing of streams or sessions.
 */
@NullMarked
package dev.vitrine.runtime.stage;

import org.jspecify.annotations.NullMarked;
