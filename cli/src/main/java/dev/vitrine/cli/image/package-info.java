/** Projects as container images, made without a container engine. Knows no cluster. */
@NullMarked
package dev.vitrine.cli.image;

import org.jspecify.annotations.NullMarked;
