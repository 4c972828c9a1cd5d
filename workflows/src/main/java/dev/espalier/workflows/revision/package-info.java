/** Which revisions of the algorithms a build computes: builds may run side by side for a while. */
@NullMarked
package dev.espalier.workflows.revision;

import org.jspecify.annotations.NullMarked;
