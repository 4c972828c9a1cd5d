/** The plan of the making of a meta-database, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.metadatabase;

import org.jspecify.annotations.NullMarked;
