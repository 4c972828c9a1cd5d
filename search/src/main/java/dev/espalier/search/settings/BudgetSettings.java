package dev.espalier.search.settings;

/**
 * Where the work is done.
 *
 * @param device {@code any}, {@code cpu} or {@code gpu}
 */
public record BudgetSettings(String device) {
  public BudgetSettings {
    Require.oneOf("device", device, "any", "cpu", "gpu");
  }
}
