/**
 * What an experiment has found, a record of its own for every method; {@link
 * dev.espalier.api.method.MethodFindings} tells how it is read and reported.
 */
@NullMarked
package dev.espalier.api.method;

import org.jspecify.annotations.NullMarked;
