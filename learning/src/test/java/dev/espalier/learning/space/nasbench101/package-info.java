@NullMarked
package dev.espalier.learning.space.nasbench101;

import org.jspecify.annotations.NullMarked;
