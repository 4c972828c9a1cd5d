/**
 * Search by scores alone, as pure state: what to score next, given all scores so far. Nothing here
 * trains or predicts; whoever runs a strategy brings the scores.
 */
@NullMarked
package dev.espalier.search.evolution;

import org.jspecify.annotations.NullMarked;
