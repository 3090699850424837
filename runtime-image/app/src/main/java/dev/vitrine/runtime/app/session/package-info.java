/** The life of a session as seen from its pod: facts, deadlines. Pure; it knows no sockets. */
@NullMarked
package dev.vitrine.runtime.app.session;

import org.jspecify.annotations.NullMarked;
