/**
 * StreamingAppRevisions: verified or not. It must not know how apps and sessions are reconciled.
 */
@NullMarked
package dev.vitrine.operator.revision;

import org.jspecify.annotations.NullMarked;
