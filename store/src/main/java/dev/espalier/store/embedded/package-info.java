/** The document store of one machine: MongoDB's wire protocol on a file, in this process. */
@NullMarked
package dev.espalier.store.embedded;

import org.jspecify.annotations.NullMarked;
