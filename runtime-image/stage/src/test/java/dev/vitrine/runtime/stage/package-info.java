/** Tests of the stage process and its client. */
package dev.vitrine.runtime.stage;
