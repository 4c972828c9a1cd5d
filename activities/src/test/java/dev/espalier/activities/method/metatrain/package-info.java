@NullMarked
package dev.espalier.activities.method.metatrain;

import org.jspecify.annotations.NullMarked;
