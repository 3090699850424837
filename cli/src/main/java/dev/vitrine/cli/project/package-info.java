/** The folder of an app on the developer's machine. Knows neither images nor clusters. */
@NullMarked
package dev.vitrine.cli.project;

import org.jspecify.annotations.NullMarked;
