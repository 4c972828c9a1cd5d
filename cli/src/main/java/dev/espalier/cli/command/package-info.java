/**
 * The commands of people. Each class is one command; what several need stands beside them: where
 * the store is ({@link dev.espalier.cli.command.StoreAccess}), the API of a running {@code up}
 * ({@link dev.espalier.cli.command.ApiClient}), what is printed where ({@link
 * dev.espalier.cli.command.Output}).
 */
@NullMarked
package dev.espalier.cli.command;

import org.jspecify.annotations.NullMarked;
