/** Tests of the transport by libwebrtc, with libwebrtc as the browser. */
@NullMarked
package dev.vitrine.runtime.stream.webrtc;

import org.jspecify.annotations.NullMarked;
