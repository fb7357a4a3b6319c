package io.metanode.containers.build;

import io.metanode.containers.build.context.ImageTree;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.image.StepImages.Description;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.LayerDraft;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** A stage in the making: an image, its configuration, and what changes them. */
final class StageBuild {

  static final String[] COPY_FLAGS = {"from", "chown", "chmod", "link"};
  static final String[] ADD_FLAGS = {"chown", "chmod", "checksum", "link"};

  /** Where programs look for an SSH agent, if the image does not say otherwise. */
  private static final String AGENT = "SSH_AUTH_SOCK";

  private static final String NO_OPERATION = "/bin/sh -c #(nop) ";

  private final Build build;
  private final Scope scope;
  private final ObjectNode config;
  private final ConfigChanges changes;
  private Optional<Digest> image;
  private String author;

  /**
   * @param image what it begins with; empty for {@code scratch}
   * @param config of the image; changed in place
   */
  StageBuild(Build build, Scope scope, Optional<Digest> image, ObjectNode config, String author) {
    this.build = build;
    this.scope = scope;
    this.image = image;
    this.config = config;
    this.author = author;
    this.changes = new ConfigChanges(config, build.escape(), scope::get);
  }

  /** The image the stage has come to; empty while it is {@code scratch}. */
  Optional<Digest> image() {
    return image;
  }

  /** Makes an image of a stage that is {@code scratch} and no more. */
  void settleForNothing() throws ApiException, IOException {
    if (image.isEmpty()) {
      become(build.images().bare(config.deepCopy(), build.architecture()));
    }
  }

  /** Does what an instruction says, or finds it done. */
  void run(Instruction step) throws ApiException, DockerfileException, IOException {
    switch (step.keyword()) {
      case "RUN" -> runCommand(step);
      case "COPY", "ADD" -> copy(step);
      case "WORKDIR" -> workingDirectory(step);
      case "ARG" -> withoutLayer(scope.declare(step, build.escape(), changes.lexer()));
      case "MAINTAINER" -> {
        author = step.arguments();
        withoutLayer("MAINTAINER " + author);
      }
      case "VOLUME" -> {
        String said = changes.apply(step);
        refuseVolumesOverFiles();
        withoutLayer(said);
      }
      default -> withoutLayer(changes.apply(step));
    }
  }

  /** As Docker does, which makes a container of the image with its volumes. */
  private void refuseVolumesOverFiles() throws ApiException, IOException {
    if (image.isEmpty() || !build.isClassic()) {
      return;
    }
    SourceTree tree = new ImageTree(build.rootsOf(image.get()), build.syscalls());
    for (String volume : config.path("Volumes").propertyNames()) {
      Optional<SourceFile> there = tree.follow(volume.replaceFirst("^/+", ""));
      if (there.isPresent() && !there.get().isDirectory()) {
        throw ApiException.badRequest(
            "cannot mount volume over existing file, file exists " + volume);
      }
    }
  }

  private void withoutLayer(String said) throws ApiException, IOException {
    Description description = description(NO_OPERATION + " " + said);
    if (!isFound(description)) {
      become(build.images().add(description));
    }
  }

  private void workingDirectory(Instruction step)
      throws ApiException, DockerfileException, IOException {
    Description description = description(NO_OPERATION + changes.apply(step));
    if (isFound(description)) {
      return;
    }
    try (LayerDraft draft = build.images().draft(image)) {
      Destination destination = destination(draft);
      String path = destination.resolve(JsonFields.text(config, "WorkingDir"));
      if (destination.find(path).isEmpty()) {
        destination.directory(path, new Destination.Look(0, 0, OptionalInt.empty(), false));
      }
      become(build.images().add(description, draft));
    }
  }

  private Destination destination(LayerDraft draft) throws IOException {
    return new Destination(draft, build.roots(draft.below()), build.syscalls());
  }

  private void copy(Instruction step) throws ApiException, DockerfileException, IOException {
    step.allowFlags(step.keyword().equals("COPY") ? COPY_FLAGS : ADD_FLAGS);
    Optional<String> from = step.flag("from");
    SourceTree tree = tree(from.isEmpty() ? from : Optional.of(changes.lexer().word(from.get())));
    CopyStep copy = CopyStep.read(step, build.escape(), changes.lexer(), tree, build.scratch());
    Description description = description(NO_OPERATION + copy.said());
    if (isFound(description)) {
      return;
    }
    try (LayerDraft draft = build.images().draft(image)) {
      Destination destination = destination(draft);
      Destination.Look look =
          new Owners(destination, build.scratch(), build.syscalls())
              .look(copy.owner(), copy.mode());
      String directory = JsonFields.text(config, "WorkingDir");
      copy.run(destination, directory.isEmpty() ? "/" : directory, look, build.scratch());
      become(build.images().add(description, draft));
    }
  }

  private void runCommand(Instruction step) throws ApiException, DockerfileException, IOException {
    RunStep run = RunStep.read(step, changes.shell(), changes.lexer());
    String network = run.network().map(name -> " --network=" + name).orElse("");
    List<StepMounts.Bound> bound = bound(run);
    Description description =
        description(run.said(scope.distinguishing()) + network + mounted(run, bound));
    if (image.isEmpty()) {
      throw ApiException.badRequest(
          "RUN on scratch: there is nothing to run; COPY or ADD files first");
    }
    if (isFound(description)) {
      return;
    }
    List<String> own = JsonFields.texts(config, "Env");
    List<String> environment = new ArrayList<>(scope.environment());
    environment.removeIf(
        entry -> ConfigChanges.variable(own, entry.substring(0, entry.indexOf('='))).isPresent());
    String directory = JsonFields.text(config, "WorkingDir");
    agent(run, directory)
        .filter(_ -> ConfigChanges.variable(own, AGENT).isEmpty())
        .filter(_ -> ConfigChanges.variable(environment, AGENT).isEmpty())
        .ifPresent(path -> environment.add(AGENT + "=" + path));
    try (LayerDraft draft = build.images().draft(image);
        StepMounts mounts =
            StepMounts.prepare(
                new ImageTree(build.rootsOf(image.get()), build.syscalls()),
                run.mounts(),
                bound,
                directory,
                build.mounts(),
                build.scratch())) {
      Optional<Snapshot> kept =
          build.containers().run(image.get(), run, environment, mounts, draft, build.scratch());
      become(
          kept.isPresent()
              ? build.images().add(description, kept.get()::archiveChanges)
              : build.images().add(description, draft));
    }
  }

  /** Where the first of the step's SSH agents is. */
  private static Optional<String> agent(RunStep run, String directory) {
    return run.mounts().stream()
        .filter(mount -> mount.type() == RunMount.Type.SSH)
        .findFirst()
        .map(mount -> mount.target(directory));
  }

  private List<StepMounts.Bound> bound(RunStep run) throws ApiException, IOException {
    List<StepMounts.Bound> bound = new ArrayList<>();
    for (RunMount mount : run.mounts()) {
      if (mount.type() == RunMount.Type.BIND) {
        SourceTree tree = tree(Optional.of(mount.option("from")).filter(from -> !from.isEmpty()));
        bound.add(
            new StepMounts.Bound(
                mount, Sources.choose(tree, "RUN --mount", mount.option("source")).getFirst()));
      }
    }
    return bound;
  }

  /** What makes the step another one: how it is mounted, and what is bound. */
  private static String mounted(RunStep run, List<StepMounts.Bound> bound) throws IOException {
    StringBuilder said = new StringBuilder();
    run.mounts().forEach(mount -> said.append(" --mount=").append(mount.said()));
    for (StepMounts.Bound one : bound) {
      said.append(' ').append(Sources.digest(List.of(one.source())));
    }
    return said.toString();
  }

  private SourceTree tree(Optional<String> from) throws ApiException, IOException {
    if (from.isEmpty()) {
      return build.context();
    }
    Optional<Digest> source = build.source(from.get());
    List<Path> roots = source.isEmpty() ? List.of() : build.rootsOf(source.get());
    return new ImageTree(roots, build.syscalls());
  }

  private Description description(String createdBy) {
    Digest key =
        Sha256.of(
            String.join(
                    "\n",
                    image.map(Digest::toString).orElse("scratch"),
                    createdBy,
                    author,
                    config.toString())
                .getBytes(StandardCharsets.UTF_8));
    return new Description(
        image, config.deepCopy(), createdBy, "", author, build.architecture(), Optional.of(key));
  }

  private boolean isFound(Description description) throws IOException {
    Optional<Digest> found = build.found(description);
    if (found.isPresent()) {
      build.output().cached();
      become(found.get());
    }
    return found.isPresent();
  }

  private void become(Digest next) {
    build.hold(next);
    image = Optional.of(next);
  }
}
