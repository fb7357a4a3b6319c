package io.metanode.containers.build;

import io.metanode.containers.build.context.ImageTree;
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
      default -> withoutLayer(changes.apply(step));
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
    SourceTree tree = build.context();
    Optional<String> from = step.flag("from");
    if (from.isPresent()) {
      Optional<Digest> source = build.source(changes.lexer().word(from.get()));
      List<Path> roots = source.isEmpty() ? List.of() : build.rootsOf(source.get());
      tree = new ImageTree(roots, build.syscalls());
    }
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
    RunStep run = RunStep.read(step, changes.shell());
    String network = run.network().map(name -> " --network=" + name).orElse("");
    Description description = description(run.said(scope.distinguishing()) + network);
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
    try (LayerDraft draft = build.images().draft(image)) {
      Optional<Snapshot> kept =
          build.containers().run(image.get(), run, environment, draft, build.scratch());
      become(
          kept.isPresent()
              ? build.images().add(description, kept.get()::archiveChanges)
              : build.images().add(description, draft));
    }
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
      build.output().print(" ---> Using cache\n");
      become(found.get());
    }
    return found.isPresent();
  }

  private void become(Digest next) {
    build.hold(next);
    image = Optional.of(next);
  }
}
