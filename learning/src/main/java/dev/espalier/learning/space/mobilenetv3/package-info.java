/** Networks of MobileNetV3's elastic space: built, trained, exported, cut out of a supernet. */
@NullMarked
package dev.espalier.learning.space.mobilenetv3;

import org.jspecify.annotations.NullMarked;
