/**
 * The control plane's figures: the packaged controller under load, on a real API server with
 * pretended pods. Started by e2e/bench.
 */
package dev.vitrine.operator.bench;
