/** The order of those who wait for pods: pure, the same for controller and gateway. */
@NullMarked
package dev.vitrine.operator.queue;

import org.jspecify.annotations.NullMarked;
