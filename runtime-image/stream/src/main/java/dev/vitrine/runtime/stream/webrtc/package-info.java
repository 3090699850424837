/**
 * The transport by libwebrtc, through webrtc-java, whose native objects it owns. It must not know
 * who renders or who signals.
 */
@NullMarked
package dev.vitrine.runtime.stream.webrtc;

import org.jspecify.annotations.NullMarked;
