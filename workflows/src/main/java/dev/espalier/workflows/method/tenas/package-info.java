/** TE-NAS: its plan, the stage that prunes a supernet round by round, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.tenas;

import org.jspecify.annotations.NullMarked;
