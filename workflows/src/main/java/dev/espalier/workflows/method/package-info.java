/**
 * What a method adds to the durable engine: its plan, its own stages, whom it trains at the end.
 */
@NullMarked
package dev.espalier.workflows.method;

import org.jspecify.annotations.NullMarked;
