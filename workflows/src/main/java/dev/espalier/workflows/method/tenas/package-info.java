/** TE-NAS's search stage: prune a supernet round by round. */
@NullMarked
package dev.espalier.workflows.method.tenas;

import org.jspecify.annotations.NullMarked;
