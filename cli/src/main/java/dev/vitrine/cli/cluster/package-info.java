/** Apps and sessions of a cluster, as a person with a kubeconfig sees them. Knows no images. */
@NullMarked
package dev.vitrine.cli.cluster;

import org.jspecify.annotations.NullMarked;
