@org.jspecify.annotations.NullMarked
package dev.espalier.api.replay;
