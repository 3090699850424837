/** Stand-ins for what a cluster has and a lone API server has not. */
package dev.vitrine.operator.testing;
