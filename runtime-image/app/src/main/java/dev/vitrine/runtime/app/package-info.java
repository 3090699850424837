/** Puts the runtime together: stage, engine, stream, page. It has no logic of its own. */
@NullMarked
package dev.vitrine.runtime.app;

import org.jspecify.annotations.NullMarked;
