/** The plan of MetaD2A's meta-training, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.metatrain;

import org.jspecify.annotations.NullMarked;
