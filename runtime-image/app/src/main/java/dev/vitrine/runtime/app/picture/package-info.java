/** The thread that renders, and the camera that the viewer steers. It knows no sockets. */
@NullMarked
package dev.vitrine.runtime.app.picture;

import org.jspecify.annotations.NullMarked;
