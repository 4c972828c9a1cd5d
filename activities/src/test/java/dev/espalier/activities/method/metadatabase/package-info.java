@NullMarked
package dev.espalier.activities.method.metadatabase;

import org.jspecify.annotations.NullMarked;
