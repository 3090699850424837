/** What the viewer or the page has selected, and how the viewer's pointer picks it. */
@NullMarked
package dev.vitrine.runtime.app.selection;

import org.jspecify.annotations.NullMarked;
