/**
 * The home: the folder that holds all that an installation keeps, its lock, and the record of its
 * processes.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.cli.home;
