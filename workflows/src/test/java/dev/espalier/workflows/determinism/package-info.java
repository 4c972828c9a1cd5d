/** What workflow code may not touch, checked on its bytecode, with code that breaks each rule. */
@NullMarked
package dev.espalier.workflows.determinism;

import org.jspecify.annotations.NullMarked;
