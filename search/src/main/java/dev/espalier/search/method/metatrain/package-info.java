/** What is asked of a meta-training of MetaD2A (Lee, Hyung and Hwang, ICLR 2021). */
@NullMarked
package dev.espalier.search.method.metatrain;

import org.jspecify.annotations.NullMarked;
