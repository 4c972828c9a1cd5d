/** Histories of earlier days, replayed against today's code. */
@NullMarked
package dev.espalier.workflows.replay;

import org.jspecify.annotations.NullMarked;
