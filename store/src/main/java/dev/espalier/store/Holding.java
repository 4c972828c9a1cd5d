package dev.espalier.store;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/**
 * What an experiment's own document names: all else that it has is found from there.
 *
 * @param stages keys of its stages
 * @param digests of whatever it names by one
 * @param salts what its keys and evaluations may be salted with
 */
record Holding(Set<String> stages, Set<String> digests, Set<String> salts) {
  Holding {
    stages = Set.copyOf(stages);
    digests = Set.copyOf(digests);
    salts = Set.copyOf(salts);
  }

  static Holding of(Document experiment) {
    Fields fields = new Fields(experiment);
    Set<String> stages = new TreeSet<>();
    fields
        .nested("stages")
        .values()
        .forEach(stage -> {
          if (stage instanceof Document stored) {
            stages.add(new Fields(stored).text("key"));
          }
        });
    Set<String> digests = new TreeSet<>();
    Census.digests(fields.text("specification"), digests::add);
    Census.digests(fields.text("result"), digests::add);
    fields.nested("artifacts").values().forEach(sha -> digests.add(String.valueOf(sha)));
    Set<String> salts = new TreeSet<>();
    salts.add(fields.text("salt"));
    salts.addAll(new Fields(fields.nested("origin")).textsByName("salts").values());
    stages.remove("");
    salts.remove("");
    return new Holding(stages, digests, salts);
  }

  Document toDocument() {
    return new Document("stages", List.copyOf(stages))
        .append("digests", List.copyOf(digests))
        .append("salts", List.copyOf(salts));
  }

  static Holding fromDocument(Document stored) {
    Fields fields = new Fields(stored);
    return new Holding(
        Set.copyOf(fields.texts("stages")),
        Set.copyOf(fields.texts("digests")),
        Set.copyOf(fields.texts("salts")));
  }
}
