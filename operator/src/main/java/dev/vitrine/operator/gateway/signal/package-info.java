/** Connect tokens, and the relay of signalling between browser and pod. Holds no media. */
@NullMarked
package dev.vitrine.operator.gateway.signal;

import org.jspecify.annotations.NullMarked;
