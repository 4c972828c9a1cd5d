/** TE-NAS's search stage: prune a supernet round by round. */
@NullMarked
package dev.espalier.workflows.pruning;

import org.jspecify.annotations.NullMarked;
