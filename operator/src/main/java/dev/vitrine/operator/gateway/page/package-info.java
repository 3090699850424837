/** The viewer page out of the web client's jar. Knows no Kubernetes and no sessions. */
@NullMarked
package dev.vitrine.operator.gateway.page;

import org.jspecify.annotations.NullMarked;
