/**
 * Trained networks as ONNX models, in evaluation mode: what the network computes from its running
 * statistics, operator by operator, for any number of images at once. Networks are written from
 * their plans and their stored weights; no tensor engine is needed.
 */
@NullMarked
package dev.espalier.learning.onnx;

import org.jspecify.annotations.NullMarked;
