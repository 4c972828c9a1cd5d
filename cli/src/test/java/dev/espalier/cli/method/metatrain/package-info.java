@NullMarked
package dev.espalier.cli.method.metatrain;

import org.jspecify.annotations.NullMarked;
