@NullMarked
package dev.espalier.api.method.metadatabase;

import org.jspecify.annotations.NullMarked;
