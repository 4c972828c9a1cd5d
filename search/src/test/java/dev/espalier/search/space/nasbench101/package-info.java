@NullMarked
package dev.espalier.search.space.nasbench101;

import org.jspecify.annotations.NullMarked;
