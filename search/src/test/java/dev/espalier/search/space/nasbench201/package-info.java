@NullMarked
package dev.espalier.search.space.nasbench201;

import org.jspecify.annotations.NullMarked;
