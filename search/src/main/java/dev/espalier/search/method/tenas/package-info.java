/** TE-NAS (Chen, Gong and Wang, ICLR 2021). */
@NullMarked
package dev.espalier.search.method.tenas;

import org.jspecify.annotations.NullMarked;
