/** The public Kubernetes API, version v1alpha1: what users write and read. It knows nobody. */
@NullMarked
package dev.vitrine.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
