package dev.espalier.api.launch;

import dev.espalier.search.method.Specification;

/**
 * What a wish comes to here and now.
 *
 * @param specification with what its names mean
 * @param dataDigest digest of the images; empty where they have yet to be fetched, or none are
 *     needed
 * @param numericClass the arithmetic that the results will belong to
 */
public record Resolved(Specification specification, String dataDigest, String numericClass) {}
