/** Proof after the fact: recorded histories and results beside what today's code makes of them. */
@NullMarked
package dev.espalier.api.replay;

import org.jspecify.annotations.NullMarked;
