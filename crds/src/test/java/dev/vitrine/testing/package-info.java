/** A real API server for tests. It must not know our own types but for loading their CRDs. */
package dev.vitrine.testing;
