/** Where a session stands in line, for whoever asks. Pure but for a short memory; no client. */
@NullMarked
package dev.vitrine.operator.gateway.line;

import org.jspecify.annotations.NullMarked;
