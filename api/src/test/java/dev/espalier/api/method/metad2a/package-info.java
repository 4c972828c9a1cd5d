@NullMarked
package dev.espalier.api.method.metad2a;

import org.jspecify.annotations.NullMarked;
