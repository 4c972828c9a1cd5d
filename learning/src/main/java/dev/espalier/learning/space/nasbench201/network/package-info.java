/** The networks of NAS-Bench-201 cells and supernets. */
@NullMarked
package dev.espalier.learning.space.nasbench201.network;

import org.jspecify.annotations.NullMarked;
