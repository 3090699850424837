/**
 * Starts the one application in the role it was given: knows the roles, and nothing of what they
 * do.
 */
@NullMarked
package dev.vitrine.operator;

import org.jspecify.annotations.NullMarked;
