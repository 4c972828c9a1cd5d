/** What a terminal shows of a meta-training. */
@NullMarked
package dev.espalier.cli.method.metatrain;

import org.jspecify.annotations.NullMarked;
