/**
 * Which session gets which pod: the line, claims of idle pods, new pods, and how many wait idle. It
 * must not know how a session or an app is reconciled.
 */
@NullMarked
package dev.vitrine.operator.placement;

import org.jspecify.annotations.NullMarked;
