package dev.espalier.workflows.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A data set that is in the store.
 *
 * @param dataDigest names its bytes; every later stage's key holds it
 * @param train number of training images
 * @param test number of test images
 * @param tableDigest names the bytes of the table that accuracies are looked up in; null where none
 *     is asked for, and in results from before it was told
 */
public record PreparedData(
    String dataDigest,
    int channels,
    int height,
    int width,
    int classes,
    int train,
    int test,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tableDigest) {}
