/** How a command ends when it cannot do what it was asked to. Knows no command. */
@NullMarked
package dev.vitrine.cli.failure;

import org.jspecify.annotations.NullMarked;
