/** What is wrong with a machine or a cluster, and how to mend it. */
@NullMarked
package dev.vitrine.cli.doctor;

import org.jspecify.annotations.NullMarked;
