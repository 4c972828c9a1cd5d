@org.jspecify.annotations.NullMarked
package dev.espalier.learning.data;
