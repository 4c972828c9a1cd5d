@NullMarked
package dev.espalier.api.method.metatrain;

import org.jspecify.annotations.NullMarked;
