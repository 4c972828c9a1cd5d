package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Tensor;
import java.util.Optional;

/**
 * What a network answers while it is trained.
 *
 * @param logits {@code [batch, classes]}
 * @param auxiliary those of the auxiliary head, likewise; empty where the network has none
 */
public record Outputs(Tensor logits, Optional<Tensor> auxiliary) {}
