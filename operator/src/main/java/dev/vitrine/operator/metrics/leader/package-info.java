/**
 * What the controller that leads measures, all of it from what is watched: no reconciliation knows
 * of it. It must not know the reconcilers.
 */
@NullMarked
package dev.vitrine.operator.metrics.leader;

import org.jspecify.annotations.NullMarked;
