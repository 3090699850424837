/**
 * The list of all metrics that Vitrine makes, and how they are handed to Prometheus. It must not
 * know what they count.
 */
@NullMarked
package dev.vitrine.operator.metrics;

import org.jspecify.annotations.NullMarked;
