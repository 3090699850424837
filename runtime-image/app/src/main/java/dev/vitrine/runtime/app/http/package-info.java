/** What the runtime serves: page, signalling, assignment, health. It decides nothing. */
@NullMarked
package dev.vitrine.runtime.app.http;

import org.jspecify.annotations.NullMarked;
