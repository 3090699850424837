/**
 * The command {@code vitrine}: a class for each of its commands, which do nothing that tests need
 * to repeat.
 */
@NullMarked
package dev.vitrine.cli;

import org.jspecify.annotations.NullMarked;
