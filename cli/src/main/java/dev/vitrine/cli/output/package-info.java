/** How results are printed: for people, or for programs. Knows nothing of what they are. */
@NullMarked
package dev.vitrine.cli.output;

import org.jspecify.annotations.NullMarked;
