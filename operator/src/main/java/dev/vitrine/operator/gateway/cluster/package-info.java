/** What the gateway knows of the cluster, and its few writes. Must not know HTTP. */
@NullMarked
package dev.vitrine.operator.gateway.cluster;

import org.jspecify.annotations.NullMarked;
