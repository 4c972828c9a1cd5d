/** How programs and people reach Espalier on this machine: REST, live events, the page. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api;
