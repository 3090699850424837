/** Who may: identity and rights, asked of the API server. Must not know what is asked for. */
@NullMarked
package dev.vitrine.operator.gateway.access;

import org.jspecify.annotations.NullMarked;
