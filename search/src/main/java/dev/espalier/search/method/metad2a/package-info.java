/** What is asked of MetaD2A's search for an unseen data set (Lee, Hyung and Hwang, ICLR 2021). */
@NullMarked
package dev.espalier.search.method.metad2a;

import org.jspecify.annotations.NullMarked;
