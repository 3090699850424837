/**
 * Pictures to packets: what carries video, messages and input between a runtime and one browser. It
 * must not know what the pictures show, nor what the messages mean.
 */
@NullMarked
package dev.vitrine.runtime.stream;

import org.jspecify.annotations.NullMarked;
