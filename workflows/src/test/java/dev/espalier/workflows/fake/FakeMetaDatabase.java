package dev.espalier.workflows.fake;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.meta.ClassSubset;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metadatabase.PlannedTask;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.Database;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.DrawnTasks;
import dev.espalier.workflows.method.metadatabase.EncoderActivities;
import dev.espalier.workflows.method.metadatabase.EvaluatedTasks;
import dev.espalier.workflows.method.metadatabase.JoinedFeatures;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseReportActivities;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.PreparedTasks;
import dev.espalier.workflows.method.metadatabase.TaskActivities;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import dev.espalier.workflows.stage.PreparedData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The making of a meta-database, replaced by numbers drawn from what is asked. */
public final class FakeMetaDatabase
    implements TaskActivities, EncoderActivities, MetaDatabaseReportActivities {
  private final Script script;
  private final Map<String, List<PlannedTask>> tasks = new ConcurrentHashMap<>();

  public FakeMetaDatabase(Script script) {
    this.script = script;
  }

  /** What was imported is whatever has the name. */
  @Override
  public PreparedTasks prepare(PrepareTasks request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    String database = specification.search().taskDatabase();
    String features = specification.features().name();
    PreparedData data = request.data();
    return script.run(
        "imported",
        () ->
            new PreparedTasks(
                data.dataDigest(),
                data.channels(),
                data.height(),
                data.width(),
                data.classes(),
                data.train(),
                data.test(),
                database.isEmpty() && features.isEmpty()
                    ? null
                    : Digest.sha256(database + "/" + features),
                database.isEmpty() ? null : Digest.sha256(database),
                features.isEmpty() || specification.features().hasWeights()
                    ? null
                    : Digest.sha256(features),
                specification.features().hasWeights() ? Digest.sha256(features) : null));
  }

  @Override
  public DrawnTasks draw(DrawTasks request) {
    MetaDatabaseSpecification specification = specification(request.specification());
    return script.run(
        "drawn",
        () -> {
          List<PlannedTask> planned = specification.plan(specification.drawTasks(10));
          String rows = Digest.of(planned);
          tasks.put(rows, planned);
          return new DrawnTasks(planned.size(), specification.search().evaluations(), rows);
        });
  }

  @Override
  public List<TaskArchitecture> page(PageOfTasks request) {
    return script.run(
        "tasks-page/" + request.from(),
        () -> {
          List<TaskArchitecture> all = new ArrayList<>();
          for (PlannedTask task : tasks.getOrDefault(request.rows(), List.of())) {
            String data = new ClassSubset(request.images(), task.classes()).digest();
            for (String architecture : task.architectures()) {
              all.add(new TaskArchitecture(0, data, architecture));
            }
          }
          return List.copyOf(
              all.subList(request.from(), Math.min(all.size(), request.from() + request.count())));
        });
  }

  @Override
  public AssembledDatabases assemble(AssembleDatabases request) {
    return script.run(
        "assembled",
        () ->
            new AssembledDatabases(
                new Database("made-generator", Digest.sha256("g" + request.rows()), 1),
                new Database("made-predictor", Digest.sha256("p" + request.rows()), 2),
                Digest.sha256("summary"),
                0.5,
                0.1,
                Collections.nCopies(10, 1),
                new TaskSummary("task-0", "train", List.of("a", "b"), 2, "cell", 0.6, 0.5, 0.4)));
  }

  @Override
  public TrainedEncoder train(TrainEncoder request) {
    return script.run(
        "encoder",
        () -> new TrainedEncoder("trained", "small", Digest.sha256("weights"), 0.5, 0.5));
  }

  @Override
  public EncodedClasses encode(EncodeClasses request) {
    return script.run(
        "encoded/" + request.from(),
        () ->
            new EncodedClasses(
                Collections.nCopies(request.to() - request.from(), 50),
                Digest.of(List.of(request.weights(), request.from()))));
  }

  @Override
  public JoinedFeatures join(JoinFeatures request) {
    return script.run(
        "joined/" + request.parts().size(),
        () -> new JoinedFeatures("made-features", Digest.of(request.parts()), 512, 10, 500));
  }

  @Override
  public MetaDatabaseResult report(MetaDatabaseReportRequest request) {
    return script.run(
        "database-summary",
        () -> {
          EvaluatedTasks evaluated = Json.read(request.evaluated(), EvaluatedTasks.class);
          return new MetaDatabaseResult(
              Json.read(request.sample(), DrawnTasks.class).tasks(),
              evaluated.evaluations(),
              evaluated.failed(),
              Json.read(request.assembled(), AssembledDatabases.class),
              Json.read(request.encoder(), TrainedEncoder.class),
              Json.read(request.features(), JoinedFeatures.class));
        });
  }

  private static MetaDatabaseSpecification specification(String json) {
    return Json.read(json, MetaDatabaseSpecification.class);
  }
}
