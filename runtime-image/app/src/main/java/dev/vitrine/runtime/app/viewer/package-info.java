/** The one viewer: who may take the seat, its signalling, its connection. It renders nothing. */
@NullMarked
package dev.vitrine.runtime.app.viewer;

import org.jspecify.annotations.NullMarked;
