/** The Kit App Streaming API over apps and sessions. Must not know signalling. */
@NullMarked
package dev.vitrine.operator.gateway.rest;

import org.jspecify.annotations.NullMarked;
