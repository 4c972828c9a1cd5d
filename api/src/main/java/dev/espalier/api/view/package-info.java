/**
 * What an experiment looks like from outside; the API and the command line print the same records.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.view;
