package dev.espalier.activities.evaluation.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.evaluation.NetworkTrainingActivities;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Series;
import dev.espalier.store.Store;
import dev.espalier.store.program.FolderArchive;
import dev.espalier.store.program.OwnPrograms;
import dev.espalier.store.program.ProgramEnvironment;
import dev.espalier.store.program.ProgramRun;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainedArchitecture;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings by a real program in Python, which needs nothing beyond Python itself. */
final class ProgramTrainingTest {
  private static final String CELL =
      "|skip_connect~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|none~1|skip_connect~2|";

  @TempDir private Path folder;

  private Workbench workbench;
  private Store store;
  private TrainingActivities activities;
  private Path notes;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder.resolve("home"));
    store = workbench.store();
    activities =
        workbench.activities(
            TrainingActivities.class, new NetworkTrainingActivities(workbench.equipment()));
    notes = folder.resolve("notes");
    Path code = Files.createDirectory(folder.resolve("code"));
    try (InputStream script = getClass().getResourceAsStream("tiny_training.py")) {
      Files.write(code.resolve("tiny_training.py"), Objects.requireNonNull(script).readAllBytes());
    }
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private OwnProgram program(String deed) {
    return OwnPrograms.taken(
        store,
        new OwnProgram(
            List.of(
                "python3",
                "tiny_training.py",
                "{architecture}",
                "{epochs}",
                "{seed}",
                "{checkpoint}",
                deed),
            folder.resolve("code").toString(),
            List.of(),
            List.of("NOTES=" + notes),
            "",
            "",
            0,
            deed.equals("memory") ? 1024 : 0));
  }

  private TrainArchitecture request(String evaluationId, OwnProgram program) {
    return request(evaluationId, program, "sample");
  }

  private TrainArchitecture request(String evaluationId, OwnProgram program, String role) {
    RandomSpecification specification =
        RandomSpecification.preset("quick", Map.of("evaluation.epochs", "4"));
    TrainingSettings builtIn = specification.training().recipe();
    TrainingSettings recipe =
        new TrainingSettings(
            builtIn.basics(),
            builtIn.schedule(),
            builtIn.decayEvery(),
            builtIn.decayFactor(),
            builtIn.labelSmoothing(),
            builtIn.refinements(),
            program);
    return new TrainArchitecture(
        new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
        evaluationId,
        evaluationId,
        "nas-bench-201",
        CELL,
        role,
        0,
        "{}",
        null,
        workbench.dataDigest(),
        7L,
        null,
        null,
        null,
        null,
        null,
        specification.training().network(),
        recipe,
        null,
        2,
        null,
        null);
  }

  private List<String> noted(String word) throws IOException {
    return Files.readAllLines(notes).stream().filter(line -> line.startsWith(word)).toList();
  }

  private List<Double> curve(String name) {
    List<Double> values = new ArrayList<>();
    for (Series.Point point : store.measurements().series(Workbench.STAGE_KEY, 0, name).points()) {
      values.add(point.value());
    }
    return values;
  }

  @Test
  void its_numbers_are_those_of_an_evaluation_and_its_curves_are_kept() {
    TrainedArchitecture trained = activities.train(request("one", program("")));

    assertThat(curve("validation-one")).hasSize(4).last().isEqualTo(trained.validationAccuracy());
    assertThat(trained.testAccuracy()).isEqualTo(trained.validationAccuracy() / 2);
    assertThat(curve("loss-one")).last().isEqualTo(trained.trainLoss());
    EvaluationDocument evaluation = store.evaluations().find("one").orElseThrow();
    assertThat(evaluation.metrics())
        .containsEntry("validationAccuracy", trained.validationAccuracy());
    assertThat(evaluation.artifacts()).as("it has no weights of ours").isEmpty();
  }

  @Test
  void what_else_it_writes_is_kept_for_people_with_its_last_checkpoint_folder() throws IOException {
    activities.train(request("one", program("")));

    assertThat(ProgramRun.of(store, Workbench.STAGE_KEY))
        .singleElement()
        .satisfies(run -> {
          assertThat(run.ended()).isEqualTo("completed");
          assertThat(run.tail()).isEqualTo("a warning");
          assertThat(new String(store.artifacts().get(run.log()), StandardCharsets.UTF_8))
              .contains("words for people", "a warning")
              .doesNotContain("validation");
          assertThat(
                  FolderArchive.names(
                      store.artifacts().get(Objects.requireNonNull(run.checkpoint()))))
              .containsExactly("state.json");
        });
    try (var left = Files.list(workbench.datasets().folder().resolve("programs"))) {
      assertThat(left).as("nothing is left of the folder it worked in").isEmpty();
    }
  }

  @Test
  void a_program_that_is_killed_goes_on_after_its_last_told_epoch_with_the_same_numbers()
      throws IOException {
    TrainedArchitecture undisturbed = activities.train(request("undisturbed", program("")));
    Files.delete(notes);
    TrainedArchitecture killed = activities.train(request("killed", program("killed")));

    assertThat(killed.validationAccuracy()).isEqualTo(undisturbed.validationAccuracy());
    assertThat(curve("validation-killed")).isEqualTo(curve("validation-undisturbed"));
    assertThat(noted("started"))
        .as("the second epoch was begun twice, none that was told")
        .containsExactly("started 1", "started 2", "started 2", "started 3", "started 4");
    assertThat(ProgramRun.of(store, Workbench.STAGE_KEY))
        .extracting(ProgramRun::ended)
        .containsExactly("completed", "killed (SIGKILL)", "completed");
    assertThat(store.events().list(Workbench.EXPERIMENT))
        .anyMatch(event -> event.text().contains("was killed (SIGKILL): it goes on after epoch 1"));
  }

  @ParameterizedTest
  @CsvSource({
    "fails, InvalidInput, ValueError: no such layer",
    "percent, InvalidInput, say evaluation.metrics=percent",
    "diverges, Diverged, validation of NaN",
    "early, InvalidInput, ended after epoch 1 of 4",
    "always-killed, Unexpected, was killed (SIGSEGV)",
    "memory, Unexpected, ran out of memory"
  })
  void what_goes_wrong_has_a_type_and_words(String deed, String type, String words) {
    TrainArchitecture request = request(deed, program(deed));

    assertThatThrownBy(() -> activities.train(request))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.getType()).isEqualTo(type))
        .hasMessageContaining(words);
    assertThat(store.evaluations().find(deed)).isEmpty();
  }

  @Test
  void a_winner_needs_a_test_accuracy_and_a_sample_none() {
    assertThat(activities.train(request("sample", program("no-test"))).testAccuracy()).isNull();
    TrainArchitecture winner = request("winner", program("no-test"), "found");
    assertThatThrownBy(() -> activities.train(winner))
        .cause()
        .hasMessageContaining("told no test accuracy with its last epoch");
  }

  @Test
  void a_changed_script_is_another_program_and_what_is_no_code_is_not() throws IOException {
    String before = program("").program();
    Files.createDirectories(folder.resolve("code/__pycache__"));
    Files.writeString(folder.resolve("code/__pycache__/x.pyc"), "x");
    Files.writeString(folder.resolve("code/.hidden"), "x");
    assertThat(program("").program()).isEqualTo(before);

    Files.writeString(folder.resolve("code/more.py"), "x = 1\n");
    assertThat(program("").program()).isNotEqualTo(before);
  }

  @Test
  void a_program_or_script_that_is_not_here_is_refused_with_advice() {
    assertThatThrownBy(() -> taken("no-such-program", "{architecture}"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no program no-such-program on this machine");
    assertThatThrownBy(() -> taken("python3", "other.py", "{architecture}"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no other.py in the program's folder");
    assertThatThrownBy(() -> taken("./run.sh", "{architecture}"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("there is no ./run.sh in the program's folder");
  }

  private OwnProgram taken(String... command) {
    return OwnPrograms.taken(
        store,
        new OwnProgram(
            List.of(command),
            folder.resolve("code").toString(),
            List.of(),
            List.of(),
            "",
            "",
            0,
            0));
  }

  @Test
  void the_interpreters_version_is_part_of_what_is_asked() {
    assertThat(program("").version()).startsWith("Python 3");
  }

  @Test
  void of_the_workers_environment_it_sees_little() {
    assertThat(ProgramEnvironment.of(program("")))
        .containsEntry("NOTES", notes.toString())
        .containsKey("PATH")
        .doesNotContainKeys("ESPALIER_MONGODB", "ESPALIER_SECRET");
    assertThat(ProgramEnvironment.of(OwnProgram.NONE).keySet())
        .isSubsetOf(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES",
            "SSL_CERT_FILE",
            "OMP_NUM_THREADS",
            "MKL_NUM_THREADS",
            "PYTHONHASHSEED",
            "PYTHONUNBUFFERED");
  }
}
