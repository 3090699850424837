/**
 * What happens to sessions, as spans of OpenTelemetry. It must not know what happens, nor
 * Kubernetes.
 */
@NullMarked
package dev.vitrine.operator.trace;

import org.jspecify.annotations.NullMarked;
