@NullMarked
package dev.espalier.workflows.method.metadatabase;

import org.jspecify.annotations.NullMarked;
