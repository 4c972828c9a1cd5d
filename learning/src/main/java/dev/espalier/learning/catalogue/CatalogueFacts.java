package dev.espalier.learning.catalogue;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model is, as its tensors tell.
 *
 * @param space that it is about, or empty
 * @param sizes of its layers, by name, such as {@code features} 512
 */
public record CatalogueFacts(String space, Map<String, String> sizes) {
  public CatalogueFacts {
    sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
  }
}
