/** What can be launched: methods, search spaces, data. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.catalogue;
