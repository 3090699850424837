/** Tests of the protocol, on the fixtures that the page's tests read as well. */
@NullMarked
package dev.vitrine.protocol;

import org.jspecify.annotations.NullMarked;
