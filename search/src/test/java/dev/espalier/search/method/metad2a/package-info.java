@NullMarked
package dev.espalier.search.method.metad2a;

import org.jspecify.annotations.NullMarked;
