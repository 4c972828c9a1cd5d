@NullMarked
package dev.espalier.activities.method.metad2a;

import org.jspecify.annotations.NullMarked;
