/** The units of work of MetaD2A's meta-training. */
@NullMarked
package dev.espalier.activities.method.metatrain;

import org.jspecify.annotations.NullMarked;
