/**
 * Python's pickles read as data. A pickle is a program; here it can build numbers, texts,
 * collections and what a caller knows by name, and call nothing else.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.learning.pickle;
