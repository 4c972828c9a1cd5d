/** The API described, for programs and for people. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.docs;
