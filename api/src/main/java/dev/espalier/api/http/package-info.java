/** The edge: who may ask, and how an error is told. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.http;
