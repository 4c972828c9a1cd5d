/** Experiments as streams of server-sent events. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.live;
