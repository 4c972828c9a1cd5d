package dev.espalier.workflows.method.metadatabase;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Features of images, and the encoder that computes them. */
@ActivityInterface
public interface EncoderActivities {
  /** Trains an encoder on the classes of the data, from checkpoint to checkpoint. */
  @ActivityMethod(name = "TrainEncoder")
  TrainedEncoder train(TrainEncoder request);

  /** Computes the features of some classes. */
  @ActivityMethod(name = "EncodeClasses")
  EncodedClasses encode(EncodeClasses request);

  /** Puts the features of all classes into one file. */
  @ActivityMethod(name = "JoinFeatures")
  JoinedFeatures join(JoinFeatures request);

  record TrainEncoder(@JsonUnwrapped StageRef ref, String specification, String dataDigest) {}

  /**
   * @param weights SHA-256 of the encoder's weights
   * @param from the first of the classes, {@code to} behind the last
   */
  record EncodeClasses(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      String weights,
      int from,
      int to) {}

  /**
   * @param counts images of each of the classes
   * @param rows SHA-256 of an artifact: the features, as in a file of them but without its head
   */
  record EncodedClasses(List<Integer> counts, String rows) {
    public EncodedClasses {
      counts = List.copyOf(counts);
    }
  }

  /**
   * @param parts in the order of the classes; empty where the features were imported
   * @param featureFile digest of imported features; null where they were computed
   */
  record JoinFeatures(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      TrainedEncoder encoder,
      List<EncodedClasses> parts,
      @Nullable String featureFile) {
    public JoinFeatures {
      parts = List.copyOf(parts);
    }
  }
}
