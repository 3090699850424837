package dev.vitrine.runtime.app.selection;

import dev.vitrine.runtime.engine.PictureArea;

/**
 * What the viewer points at.
 *
 * @param area of the picture: one pixel for a click
 * @param change what becomes of the selection
 */
record Pick(PictureArea area, Change change) {

  /** What a pick does to the selection. */
  enum Change {
    /** What was picked is the selection; nothing, if nothing was. */
    REPLACE,
    /** What was picked is selected as well. */
    ADD,
    /** What was picked is selected, or not any more if it was. */
    TOGGLE
  }
}
