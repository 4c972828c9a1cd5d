package dev.espalier.search.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * What is around an architecture in the network that is trained: a record of its space's folder. As
 * JSON it is its settings alone, by which those of the spaces are told apart.
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
   * What the network of an architecture costs, without an auxiliary head.
   *
   * @param architecture one of {@link #space}
   * @param imageSize height and width in pixels
   */
  Cost cost(Architecture architecture, int imageSize, int classes);
}
