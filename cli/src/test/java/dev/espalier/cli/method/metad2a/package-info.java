@NullMarked
package dev.espalier.cli.method.metad2a;

import org.jspecify.annotations.NullMarked;
