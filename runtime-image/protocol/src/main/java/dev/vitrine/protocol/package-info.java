/**
 * What page, gateway, controller and runtime say to each other: messages, tokens and documents, and
 * the checks that make them safe to read. It must not know who sends them, nor how.
 */
@NullMarked
package dev.vitrine.protocol;

import org.jspecify.annotations.NullMarked;
