/** NAS-Bench-201 (Dong and Yang, ICLR 2020): 15,625 cells of four nodes and six edges. */
@NullMarked
package dev.espalier.search.space.nasbench201;

import org.jspecify.annotations.NullMarked;
