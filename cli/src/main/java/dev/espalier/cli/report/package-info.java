/** Reports as files and artifacts. */
@NullMarked
package dev.espalier.cli.report;

import org.jspecify.annotations.NullMarked;
