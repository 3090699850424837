/** What went wrong, in words. It knows nobody. */
@NullMarked
package dev.vitrine.runtime.app.failure;

import org.jspecify.annotations.NullMarked;
