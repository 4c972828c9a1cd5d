/** NAS-Bench-101 (Ying et al., ICML 2019): 423,624 cells of at most seven vertices. */
@NullMarked
package dev.espalier.search.space.nasbench101;

import org.jspecify.annotations.NullMarked;
