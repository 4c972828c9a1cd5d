/**
 * NAS-Bench-201 networks: the supernet, single cells, and the thin network whose linear regions are
 * counted. Architecture and names follow the published programs (Dong and Yang, ICLR 2020; Chen,
 * Gong and Wang, ICLR 2021). And networks whose layers sum several operations
 * (NAS_with_GNN_predictor). And networks of DARTS cells, as TE-NAS measures supernets of them and
 * as genotypes are trained (Liu, Simonyan and Yang, ICLR 2019).
 */
@NullMarked
package dev.espalier.learning.network;

import org.jspecify.annotations.NullMarked;
