/** The making of a meta-database for MetaD2A (Lee, Hyung and Hwang, ICLR 2021). */
@NullMarked
package dev.espalier.search.method.metadatabase;

import org.jspecify.annotations.NullMarked;
