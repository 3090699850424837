/**
 * What browsers, front ends and runtimes talk to: page, REST, signalling relay, reports. Stateless;
 * must not know how sessions are planned.
 */
@NullMarked
package dev.vitrine.operator.gateway;

import org.jspecify.annotations.NullMarked;
