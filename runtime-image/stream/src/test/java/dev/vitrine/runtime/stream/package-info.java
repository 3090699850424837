/** Tests of the stream. */
@NullMarked
package dev.vitrine.runtime.stream;

import org.jspecify.annotations.NullMarked;
