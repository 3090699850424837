/** What ties a runtime to its pod: environment, assignment, reports, last words. No pictures. */
@NullMarked
package dev.vitrine.runtime.app.cluster;

import org.jspecify.annotations.NullMarked;
