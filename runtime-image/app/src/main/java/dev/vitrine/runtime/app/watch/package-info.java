/** A viewer without a browser: sees that a session shows a picture. Knows no stage, no engine. */
@NullMarked
package dev.vitrine.runtime.app.watch;

import org.jspecify.annotations.NullMarked;
