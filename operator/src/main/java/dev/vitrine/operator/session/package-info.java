/**
 * StreamSessions: from request to end, one pod each. It must not know how apps are accepted, nor
 * the gateway.
 */
@NullMarked
package dev.vitrine.operator.session;

import org.jspecify.annotations.NullMarked;
