@NullMarked
package dev.espalier.search.method.metadatabase;

import org.jspecify.annotations.NullMarked;
