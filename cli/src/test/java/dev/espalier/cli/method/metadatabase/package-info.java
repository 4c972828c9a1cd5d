@NullMarked
package dev.espalier.cli.method.metadatabase;

import org.jspecify.annotations.NullMarked;
