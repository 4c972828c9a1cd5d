package dev.espalier.search.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * What is around an architecture in the network that is trained: a record of its space's folder. As
 * JSON it is its settings alone, by which those of the spaces are told apart; one that is left out
 * of it where it is empty may be absent.
 *
 * <p>A record that implements it is marked {@code @JsonDeserialize(using =
 * JsonDeserializer.None.class)}, so that it is read setting by setting.
 */
@JsonDeserialize(using = NetworkSettingsReader.class)
public interface NetworkSettings {
  int IMAGE_CHANNELS = 3;

  /** The architectures that such a network can hold. */
  SearchSpace space();

  /**
   * The supernet whose weights a training begins with, in the catalogue of models: a name, or in
   * what was launched its digest; empty to begin fresh.
   */
  default String supernet() {
    return "";
  }

  /**
   * What the network of an architecture costs, without an auxiliary head.
   *
   * @param architecture one of {@link #space}
   * @param imageSize height and width in pixels
   */
  Cost cost(Architecture architecture, int imageSize, int classes);
}
