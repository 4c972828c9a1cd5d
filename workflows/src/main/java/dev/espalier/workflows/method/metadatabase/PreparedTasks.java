package dev.espalier.workflows.method.metadatabase;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a meta-database is made from: a data set that is in the store, and what was imported beside
 * it.
 *
 * @param dataDigest names the data set's bytes; every later stage's key holds it
 * @param tableDigest names all that was imported and is read beside it, in the same keys; null
 *     where that is nothing
 * @param taskDatabase digest of the meta-database whose tasks are taken; null where they are drawn
 * @param featureFile digest of the imported features; null where they are computed
 * @param weights SHA-256 of the imported weights of the encoder, an artifact; null where it has
 *     others
 */
public record PreparedTasks(
    String dataDigest,
    int channels,
    int height,
    int width,
    int classes,
    int train,
    int test,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tableDigest,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String taskDatabase,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String featureFile,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String weights) {}
