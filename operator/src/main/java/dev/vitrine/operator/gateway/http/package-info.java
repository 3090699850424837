/** What all of the gateway's HTTP shares: origins, own address, refusals. Knows no Kubernetes. */
@NullMarked
package dev.vitrine.operator.gateway.http;

import org.jspecify.annotations.NullMarked;
