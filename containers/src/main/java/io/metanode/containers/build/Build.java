package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.Dockerfile.Stage;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.StepImages;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One build: its stages in order, each a step after the other. */
final class Build implements AutoCloseable {

  private static final String DEFAULT_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Parts parts;
  private final BuildRequest request;
  private final Dockerfile dockerfile;
  private final BuildContext context;
  private final BaseImages bases;
  private final BuildOutput output;
  private final Scratch scratch;
  private final RunContainer containers;
  private final StepMounts.Parts mounts;
  private final Set<Digest> allowed;
  private final List<Digest> held = new ArrayList<>();
  private final Map<Integer, Optional<Digest>> results = new LinkedHashMap<>();
  private int current;
  private int step;
  private int steps;

  /**
   * What all builds share.
   *
   * @param architecture of this host, for example {@code amd64}
   */
  record Parts(ImageStore store, StepImages images, Syscalls syscalls, String architecture) {}

  Build(
      Parts parts,
      BuildRequest request,
      Dockerfile dockerfile,
      BuildContext context,
      BaseImages bases,
      BuildOutput output,
      Scratch scratch,
      RunContainer containers,
      StepMounts.Parts mounts) {
    this.parts = parts;
    this.request = request;
    this.allowed = allowed(parts.store(), request.cacheFrom());
    this.dockerfile = dockerfile;
    this.context = context;
    this.bases = bases;
    this.output = output;
    this.scratch = scratch;
    this.containers = containers;
    this.mounts = mounts;
  }

  /** Whether it is one of the classic builder, which is stricter. */
  boolean isClassic() {
    return !request.neededOnly();
  }

  char escape() {
    return dockerfile.escape();
  }

  StepImages images() {
    return parts.images();
  }

  Syscalls syscalls() {
    return parts.syscalls();
  }

  String architecture() {
    return parts.architecture();
  }

  SourceTree context() {
    return context;
  }

  Scratch scratch() {
    return scratch;
  }

  BuildOutput output() {
    return output;
  }

  RunContainer containers() {
    return containers;
  }

  StepMounts.Parts mounts() {
    return mounts;
  }

  List<Path> roots(List<Digest> chain) throws IOException {
    return parts.store().layers().roots(chain);
  }

  List<Path> rootsOf(Digest image) throws ApiException, IOException {
    return roots(parts.store().record(image).chain());
  }

  /** An image that did the same before, unless the client wants none. */
  Optional<Digest> found(StepImages.Description description) {
    return request.noCache()
        ? Optional.empty()
        : parts
            .store()
            .built(description.parent(), description.step().orElseThrow())
            .filter(image -> request.cacheFrom().isEmpty() || allowed.contains(image));
  }

  /** The images that the client named, as far as they are here, and the steps that led to them. */
  private static Set<Digest> allowed(ImageStore store, List<String> names) {
    Set<Digest> allowed = new HashSet<>();
    for (String name : names) {
      try {
        Optional<Digest> image = Optional.of(store.find(name));
        while (image.isPresent() && allowed.add(image.get())) {
          image = store.record(image.get()).parent();
        }
      } catch (ApiException e) {
        // It is not here, so that it allows nothing.
      }
    }
    return allowed;
  }

  /** Keeps an image until the build is closed. */
  void hold(Digest image) {
    parts.store().hold(image);
    held.add(image);
  }

  /** The stage of this name or number, among those before the present one, else an image. */
  Optional<Digest> source(String name) throws ApiException, IOException {
    Optional<Stage> stage = dockerfile.stage(name, current);
    if (stage.isPresent()) {
      if (!results.containsKey(stage.get().index())) {
        throw ApiException.badRequest(
            "stage " + name + " is needed by a trigger alone: name it in COPY --from or FROM too");
      }
      return results.getOrDefault(stage.get().index(), Optional.empty());
    }
    if (name.matches("\\d+")) {
      throw ApiException.badRequest(
          "invalid from flag value "
              + name
              + (name.equals(Integer.toString(current))
                  ? ": refers to current build stage"
                  : ": index out of bounds"));
    }
    try {
      Digest image = bases.find(name, request.platform(), output);
      hold(image);
      return Optional.of(image);
    } catch (ApiException e) {
      throw new ApiException(e.status(), "invalid from flag value " + name + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IOException("invalid from flag value " + name + ": " + e.getMessage(), e);
    }
  }

  /** Builds everything up to the target; returns its image, held until the build is closed. */
  Digest run() throws ApiException, IOException {
    Stage target = target(dockerfile, request.target());
    Scope scope = Scope.global(request.arguments(), platform());
    WordLexer lexer = new WordLexer(escape(), scope::get);
    try {
      List<Stage> stages = stages(target);
      steps = dockerfile.globals().size() + stages.size() + (request.labels().isEmpty() ? 0 : 1);
      stages.forEach(stage -> steps += stage.steps().size());
      for (Instruction argument : dockerfile.globals()) {
        announce(argument, "", 0, 0);
        var _ = scope.declare(argument, escape(), lexer);
      }
      for (Stage stage : stages) {
        current = stage.index();
        run(stage, scope.stage(), lexer, stage.index() == target.index());
      }
    } catch (DockerfileException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
    List<String> unused = scope.unused();
    if (!unused.isEmpty()) {
      output.warn("[Warning] One or more build-args " + unused + " were not consumed");
    }
    Digest image =
        results
            .getOrDefault(target.index(), Optional.empty())
            .orElseThrow(
                () -> ApiException.badRequest("No image was generated. Is your Dockerfile empty?"));
    hold(image);
    return image;
  }

  private List<Stage> stages(Stage target) throws DockerfileException {
    if (!request.neededOnly()) {
      return dockerfile.stages().subList(0, target.index() + 1);
    }
    Scope scope = Scope.global(request.arguments(), platform());
    WordLexer lexer = new WordLexer(escape(), scope::get);
    for (Instruction argument : dockerfile.globals()) {
      var _ = scope.declare(argument, escape(), lexer);
    }
    return NeededStages.of(dockerfile, target, lexer);
  }

  /** The stage that a build results in. */
  static Stage target(Dockerfile dockerfile, String name) throws ApiException {
    if (name.isEmpty()) {
      return dockerfile.stages().getLast();
    }
    return dockerfile
        .stage(name, dockerfile.stages().size())
        .orElseThrow(
            () -> ApiException.badRequest("target stage \"" + name + "\" could not be found"));
  }

  private Map<String, String> platform() {
    return platform(architecture());
  }

  /** What {@code ARG} gives for the asking. */
  static Map<String, String> platform(String architecture) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String side : List.of("TARGET", "BUILD")) {
      values.put(side + "PLATFORM", "linux/" + architecture);
      values.put(side + "OS", "linux");
      values.put(side + "ARCH", architecture);
      values.put(side + "VARIANT", "");
    }
    return values;
  }

  private void announce(Instruction instruction, String stage, int place, int places)
      throws ApiException, IOException {
    if (output.isAbandoned()) {
      throw Builds.abandoned();
    }
    output.begin(new BuildStep(++step, steps, stage, place, places, instruction.original()));
  }

  private void run(Stage stage, Scope scope, WordLexer lexer, boolean isTarget)
      throws ApiException, DockerfileException, IOException {
    String name = name(stage);
    int places =
        1 + (int) stage.steps().stream().filter(one -> BuildStep.isPlaced(one.keyword())).count();
    int place = 1;
    announce(stage.from(), name, place, places);
    StageBuild build = begin(stage, scope, lexer);
    output.end(build.image());
    for (Instruction instruction : stage.steps()) {
      boolean placed = BuildStep.isPlaced(instruction.keyword());
      announce(instruction, name, placed ? ++place : 0, places);
      build.run(instruction);
      output.end(build.image());
    }
    if (isTarget && !request.labels().isEmpty()) {
      Instruction labels = labels();
      announce(labels, name, 0, places);
      build.run(labels);
      output.end(build.image());
    }
    if (isTarget && request.neededOnly()) {
      build.settleForNothing(); // the classic builder refuses it
    }
    results.put(stage.index(), build.image());
    if (build.image().isPresent()) {
      output.built(build.image().get());
    }
  }

  private String name(Stage stage) {
    boolean alone = dockerfile.stages().size() == 1;
    return stage.name().isEmpty() && !alone ? "stage-" + stage.index() : stage.name();
  }

  private Instruction labels() throws DockerfileException {
    StringBuilder text = new StringBuilder("LABEL");
    request
        .labels()
        .forEach(
            (key, value) -> text.append(' ').append(quoted(key)).append('=').append(quoted(value)));
    return Dockerfile.instruction(text.toString(), 0, escape());
  }

  /** In single quotes nothing is replaced; a single quote itself goes in double ones. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private StageBuild begin(Stage stage, Scope scope, WordLexer lexer)
      throws ApiException, DockerfileException, IOException {
    String name = lexer.word(stage.base());
    if (name.isEmpty()) {
      throw new DockerfileException("base name (" + stage.base() + ") should not be blank")
          .at(stage.from().line());
    }
    Optional<Digest> image = base(stage, name, lexer);
    ObjectNode config = JsonFields.MAPPER.createObjectNode();
    String author = "";
    if (image.isPresent()) {
      ObjectNode document = parts.store().document(image.get()).json();
      if (document.path("config") instanceof ObjectNode own) {
        config = own.deepCopy();
      }
      author = JsonFields.text(document, "author");
    }
    if (ConfigChanges.variable(JsonFields.texts(config, "Env"), "PATH").isEmpty()) {
      ArrayNode environment =
          config.path("Env") instanceof ArrayNode own ? own : config.putArray("Env");
      environment.add(DEFAULT_PATH);
    }
    List<String> triggers = JsonFields.texts(config, "OnBuild");
    config.remove("OnBuild");
    StageBuild build = new StageBuild(this, scope, image, config, author);
    trigger(build, triggers, stage.from().line());
    return build;
  }

  private Optional<Digest> base(Stage stage, String name, WordLexer lexer)
      throws ApiException, DockerfileException, IOException {
    if (name.toLowerCase(Locale.ROOT).equals("scratch")) {
      return Optional.empty();
    }
    Optional<Stage> earlier =
        dockerfile.stage(name, stage.index()).filter(other -> other.name().equalsIgnoreCase(name));
    if (earlier.isPresent()) {
      return results.getOrDefault(earlier.get().index(), Optional.empty());
    }
    String platform = lexer.word(stage.from().flag("platform").orElse(""));
    Digest image =
        bases.find(
            name, platform.isEmpty() ? request.platform() : bases.platform(platform), output);
    hold(image);
    return Optional.of(image);
  }

  private void trigger(StageBuild build, List<String> triggers, int line)
      throws ApiException, DockerfileException, IOException {
    if (!triggers.isEmpty()) {
      output.triggers(triggers.size());
    }
    for (String trigger : triggers) {
      Instruction instruction = Dockerfile.instruction(trigger, line, '\\');
      if (List.of("ONBUILD", "FROM", "MAINTAINER").contains(instruction.keyword())) {
        throw new DockerfileException(
            instruction.keyword() + " isn't allowed as an ONBUILD trigger");
      }
      build.run(instruction);
    }
  }

  @Override
  public void close() {
    held.forEach(parts.store()::release);
  }
}
