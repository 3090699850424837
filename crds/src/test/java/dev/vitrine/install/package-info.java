/**
 * Applies what users install, and the examples, to a real API server. Knows no Java type's inside.
 */
@NullMarked
package dev.vitrine.install;

import org.jspecify.annotations.NullMarked;
