@NullMarked
package dev.espalier.workflows.method;

import org.jspecify.annotations.NullMarked;
