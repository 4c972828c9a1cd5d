package dev.espalier.cli.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.api.catalogue.DataView;
import java.util.List;

/** What an import has brought: the data set's own fields, and what is to be known of its source. */
record ImportView(@JsonUnwrapped DataView data, List<String> remarks) {
  ImportView {
    remarks = List.copyOf(remarks);
  }
}
