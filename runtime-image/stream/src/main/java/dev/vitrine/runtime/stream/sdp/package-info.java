/**
 * Session descriptions (RFC 8866) read and changed as text. It must not know what negotiates them.
 */
@NullMarked
package dev.vitrine.runtime.stream.sdp;

import org.jspecify.annotations.NullMarked;
