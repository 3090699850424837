/** StreamingApps: accepted or refused with a reason. It must not know how sessions are run. */
@NullMarked
package dev.vitrine.operator.app;

import org.jspecify.annotations.NullMarked;
