/**
 * MobileNetV3 as Once-for-All makes it elastic (Cai et al., ICLR 2020): five stages of two to four
 * inverted residual blocks, each with a kernel and an expansion of its own.
 */
@NullMarked
package dev.espalier.search.space.mobilenetv3;

import org.jspecify.annotations.NullMarked;
