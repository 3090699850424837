/** The open stage: brought into the picture, asked by the viewer, followed through its failures. */
@NullMarked
package dev.vitrine.runtime.app.stage;

import org.jspecify.annotations.NullMarked;
