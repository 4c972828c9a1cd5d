/**
 * Training programs of people's own as they are kept: the folder that one comes from, what each run
 * of it left, and who may run any (docs/own-training.md).
 */
@NullMarked
package dev.espalier.store.program;

import org.jspecify.annotations.NullMarked;
