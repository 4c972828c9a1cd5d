/**
 * What a machine must have before work begins: Temporal's server, the engine's natives. Found, else
 * installed into the home.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.workers.provision;
