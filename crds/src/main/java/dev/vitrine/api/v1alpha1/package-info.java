/**
 * The public Kubernetes API {@code vitrine.dev/v1alpha1}: types only. It must not know who reads or
 * writes them, nor any other module.
 */
@NullMarked
package dev.vitrine.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
