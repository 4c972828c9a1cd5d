package dev.espalier.search.method.metadatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.meta.MetaSplit;
import dev.espalier.search.meta.MetaTask;
import dev.espalier.search.method.Specification;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A specification of a meta-database")
final class MetaDatabaseSpecificationTest {
  private static MetaDatabaseSpecification quick(String... sets) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < sets.length; i += 2) {
      all.put(sets[i], sets[i + 1]);
    }
    return MetaDatabaseSpecification.preset("quick", all);
  }

  @Test
  void drawsTasksOfDifferentClassesBySeedAlone() {
    MetaDatabaseSpecification specification = quick("search.tasks", "200");
    List<MetaTask> tasks = specification.drawTasks(10);
    assertThat(new HashSet<>(tasks.stream().map(MetaTask::classes).toList())).hasSize(200);
    assertThat(tasks)
        .allSatisfy(
            task -> assertThat(task.classes()).hasSize(4).isSorted().allMatch(each -> each < 10))
        .isEqualTo(quick("search.tasks", "200").drawTasks(10))
        .startsWith(quick("search.tasks", "7").drawTasks(10).toArray(MetaTask[]::new))
        .isNotEqualTo(quick("search.tasks", "200", "seed", "1").drawTasks(10));
  }

  @Test
  void refusesMoreTasksThanThereAreSetsOfClasses() {
    assertThat(quick("search.tasks", "5", "search.classes", "4").drawTasks(5)).hasSize(5);
    assertThatThrownBy(() -> quick("search.tasks", "6").drawTasks(5))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("search.tasks (6)")
        .hasMessageContaining("5 were found");
    assertThatThrownBy(() -> quick().drawTasks(3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("search.classes (4)")
        .hasMessageContaining("has 3");
  }

  @Test
  void plansDifferentArchitecturesForEveryTaskAndKeepsSomeTasks() {
    MetaDatabaseSpecification specification =
        quick("search.tasks", "8", "search.architectures", "12", "search.validationTasks", "1");
    List<PlannedTask> planned = specification.plan(specification.drawTasks(10));
    assertThat(planned)
        .extracting(PlannedTask::split)
        .filteredOn(MetaSplit.TEST::equals)
        .hasSize(1);
    assertThat(planned)
        .extracting(PlannedTask::split)
        .filteredOn(MetaSplit.VALIDATION::equals)
        .hasSize(1);
    assertThat(planned)
        .allSatisfy(task -> assertThat(new HashSet<>(task.architectures())).hasSize(12));
    assertThat(planned.get(0).architectures()).isNotEqualTo(planned.get(1).architectures());
    MetaDatabaseSpecification fewer = quick("search.tasks", "3", "search.architectures", "12");
    assertThat(fewer.plan(fewer.drawTasks(10)).get(2).architectures())
        .isEqualTo(planned.get(2).architectures());
  }

  @Test
  void readsBackAsWritten() {
    MetaDatabaseSpecification specification = quick();
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
  }

  @Test
  void tellsAllThatIsImpossibleAtOnce() {
    assertThatThrownBy(() ->
            quick(
                "search.tasks", "4",
                "search.testTasks", "2",
                "search.validationTasks", "2",
                "features.encoder", "imported",
                "search.architectures", "20000"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("leave no task to train on")
        .hasMessageContaining("features.name does not say what")
        .hasMessageContaining("search.architectures (20,000)");
    assertThatThrownBy(() -> quick("features.name", "mine"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("features.name (mine)");
  }
}
