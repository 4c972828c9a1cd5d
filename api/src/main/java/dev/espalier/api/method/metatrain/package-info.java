/** What a meta-training has come to, and its part of the report. */
@NullMarked
package dev.espalier.api.method.metatrain;

import org.jspecify.annotations.NullMarked;
