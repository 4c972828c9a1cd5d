/** HTML by templates. What they write down is prepared where it belongs. */
@NullMarked
package dev.espalier.api.template;

import org.jspecify.annotations.NullMarked;
