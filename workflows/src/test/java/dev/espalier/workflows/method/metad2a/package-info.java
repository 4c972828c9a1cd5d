@NullMarked
package dev.espalier.workflows.method.metad2a;

import org.jspecify.annotations.NullMarked;
