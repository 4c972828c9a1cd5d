/** One experiment from launch to digest: its stages in order, its pauses, failures and retries. */
@NullMarked
package dev.espalier.workflows.experiment;

import org.jspecify.annotations.NullMarked;
