/** An API server that does not do what is asked of it. */
@NullMarked
package dev.vitrine.operator.testing.storm;

import org.jspecify.annotations.NullMarked;
