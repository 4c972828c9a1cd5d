/** What the store keeps, for how long, and what is deleted. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.upkeep;
