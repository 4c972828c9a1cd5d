package dev.espalier.api.view;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The numbers behind the plots of one experiment, as far as they are known: for every method its
 * own. Fields are added, never renamed or removed.
 */
@Schema(
    oneOf = {TeNasPlots.class, EvolutionPlots.class, TrainPlots.class},
    discriminatorProperty = "method")
public sealed interface PlotsView permits TeNasPlots, EvolutionPlots, TrainPlots {
  /** The method, which says which numbers these are. */
  String method();
}
