/** Tests of session descriptions, on offers of real browsers. */
@NullMarked
package dev.vitrine.runtime.stream.sdp;

import org.jspecify.annotations.NullMarked;
