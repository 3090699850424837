/** Runtimes' reports, verified and written into the session. Must not know viewers. */
@NullMarked
package dev.vitrine.operator.gateway.report;

import org.jspecify.annotations.NullMarked;
