@NullMarked
package dev.espalier.workflows.method.metatrain;

import org.jspecify.annotations.NullMarked;
