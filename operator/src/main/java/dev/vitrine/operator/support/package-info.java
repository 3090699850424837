/**
 * What any controller needs of Kubernetes: conditions, owners, times. It must not know our domain.
 */
@NullMarked
package dev.vitrine.operator.support;

import org.jspecify.annotations.NullMarked;
