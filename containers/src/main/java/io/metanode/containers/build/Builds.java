package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageEvents;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.StepImages;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import io.metanode.foundation.Randomness;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.StatementSigner;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Builds images, each under policy and receipt. What a build works on lies in {@code
 * <home>/builds/<id>} while it goes on: such a directory at start is of a build that was cut off,
 * whose containers are removed with it.
 */
public final class Builds {

  private static final int ID_BYTES = 8;
  private static final int ABANDONED = 499;

  private final Path directory;
  private final Path secrets;
  private final CacheMounts caches;
  private final Build.Parts parts;
  private final Engine engine;
  private final ReceiptedTransfers transfers;
  private final RemoteFiles files;
  private final StatementSigner signer;
  private final Operations operations;
  private final ImageEvents events;
  private final Clock clock;
  private final Randomness randomness;
  private final UnpackLimits limits;
  private final String version;

  /**
   * @param secrets where secrets lie while a step reads them: a directory in memory
   * @param architecture of this host, for example {@code amd64}
   * @param version of this program, for provenance
   */
  public Builds(
      Path home,
      Path secrets,
      CacheMounts caches,
      ImageStore store,
      StepImages images,
      Engine engine,
      ReceiptedTransfers transfers,
      RemoteFiles files,
      StatementSigner signer,
      Operations operations,
      ImageEvents events,
      Syscalls syscalls,
      Clock clock,
      Randomness randomness,
      UnpackLimits limits,
      String architecture,
      String version)
      throws IOException {
    this.directory = Files.createDirectories(home.resolve("builds"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    this.secrets = Files.createDirectories(secrets);
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwx------"));
    this.caches = caches;
    this.parts = new Build.Parts(store, images, syscalls, architecture);
    this.engine = engine;
    this.transfers = transfers;
    this.files = files;
    this.signer = signer;
    this.operations = operations;
    this.events = events;
    this.clock = clock;
    this.randomness = randomness;
    this.limits = limits;
    this.version = version;
  }

  /** Removes what builds that were cut off left. Called once, after the engine has recovered. */
  public void recover() throws IOException {
    Set<String> cutOff = new HashSet<>();
    List<Path> left;
    DurableFiles.removeTree(secrets);
    Files.createDirectory(
        secrets,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> children = Files.list(directory)) {
      left = children.toList();
    }
    left.forEach(child -> cutOff.add(child.getFileName().toString()));
    for (Container container : List.copyOf(engine.containers().all())) {
      String build = container.definition().config().labels().get(Definition.BUILD_LABEL);
      if (build != null && cutOff.contains(build)) {
        try {
          engine.remove(Actor.system("engine"), container, true, true);
        } catch (ApiException e) {
          throw new IOException("cannot remove what a build left: " + e.getMessage(), e);
        }
      }
    }
    for (Path child : left) {
      DurableFiles.removeTree(child);
    }
  }

  static ApiException abandoned() {
    return new ApiException(ABANDONED, "the build was given up: nobody waits for it any more");
  }

  /**
   * Builds an image.
   *
   * @param archive the context: a tar archive, compressed or not
   * @param credentials by the name of the registry
   * @return its id
   * @throws BuildException if a step's command fails
   * @throws ApiException in Docker's words; the images of the steps before are kept
   */
  public Digest build(
      Actor actor,
      BuildRequest request,
      InputStream archive,
      Map<String, Credentials> credentials,
      BuildOutput output)
      throws ApiException, IOException {
    BuildSource source = new ArchiveSource(archive, request.dockerfile(), parts.syscalls(), limits);
    return build(actor, request, source, credentials, output);
  }

  /**
   * As {@link #build(Actor, BuildRequest, InputStream, Map, BuildOutput)}, of a context that lies
   * at an address. A policy that refuses such a build refuses it before anything is fetched.
   *
   * @param remote {@code http://} or {@code https://}: an archive, or a Dockerfile alone
   */
  public Digest build(
      Actor actor,
      BuildRequest request,
      String remote,
      Map<String, Credentials> credentials,
      BuildOutput output)
      throws ApiException, IOException {
    Map<String, String> attributes = attributes(request);
    attributes.put("remote", RemoteFiles.told(remote));
    operations.refuseDenied(
        Operation.of(actor, "image.build", attributes, remote.getBytes(StandardCharsets.UTF_8)),
        List.of());
    return build(
        actor,
        request,
        new RemoteSource(files, remote, request.dockerfile(), parts.syscalls(), limits),
        credentials,
        output);
  }

  private Digest build(
      Actor actor,
      BuildRequest request,
      BuildSource source,
      Map<String, Credentials> credentials,
      BuildOutput output)
      throws ApiException, IOException {
    BuildPeer peer = BuildPeer.silent(credentials);
    return build(actor, request, source, peer, Deliveries.STORE, output);
  }

  /**
   * Builds an image of what a source has.
   *
   * @param peer who is asked for what the build needs besides
   * @param deliveries what becomes of it
   */
  public Digest build(
      Actor actor,
      BuildRequest request,
      BuildSource source,
      BuildPeer peer,
      Deliveries deliveries,
      BuildOutput output)
      throws ApiException, IOException {
    byte[] name = new byte[ID_BYTES];
    randomness.fill(name);
    String id = HexFormat.of().formatHex(name);
    Path home = Files.createDirectory(directory.resolve(id));
    try (source) {
      return build(actor, request, source, peer, deliveries, home, id, output);
    } catch (ArchiveException e) {
      throw ApiException.badRequest("the build context: " + e.getMessage());
    } finally {
      DurableFiles.removeTree(home);
    }
  }

  private Digest build(
      Actor actor,
      BuildRequest request,
      BuildSource source,
      BuildPeer peer,
      Deliveries deliveries,
      Path home,
      String id,
      BuildOutput output)
      throws ApiException, IOException {
    Instant startedOn = clock.now();
    byte[] text = source.dockerfile(home);
    if (text.length == 0) {
      throw ApiException.badRequest(
          "the Dockerfile (" + request.dockerfile() + ") cannot be empty");
    }
    Dockerfile dockerfile;
    try {
      dockerfile = Dockerfile.parse(new String(text, StandardCharsets.UTF_8));
      StepCheck.all(dockerfile);
    } catch (DockerfileException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
    Dockerfile.Stage target = Build.target(dockerfile, request.target());
    BuildContext context = source.context(home, named(request, dockerfile, target));
    Provenance provenance = new Provenance(id, request, Sha256.of(text), context.digest(), version);
    List<Subject> subjects =
        List.of(
            new Subject("dockerfile/" + request.dockerfile(), provenance.dockerfile()),
            new Subject("context", provenance.context()));
    Operation operation =
        Operation.of(
            actor, "image.build", attributes(request, dockerfile, source), provenance.arguments());
    for (Delivery delivery : deliveries.elsewhere()) {
      delivery.check();
    }
    operations.slowDown(operation);
    BaseImages bases = new BaseImages(parts.store(), transfers, actor, request, peer);
    try (Build build =
        new Build(
            parts,
            request,
            dockerfile,
            context,
            bases,
            output,
            new Scratch(home, parts.syscalls(), limits),
            new RunContainer(engine, actor, request, id, output),
            new StepMounts.Parts(caches, peer, secrets, parts.syscalls()))) {
      Made made =
          operations.perform(
              operation,
              subjects,
              () -> run(build, provenance, bases, source, deliveries, output, subjects, startedOn));
      Digest image = made.image();
      if (made.told()) {
        events.made(image);
      }
      Optional<Image> shown = parts.store().image(image);
      for (ImageReference name : request.names()) {
        shown.ifPresent(one -> events.named(one, name));
      }
      for (Delivery delivery : deliveries.elsewhere()) {
        delivery.deliver(image);
      }
      return image;
    }
  }

  /**
   * What a build came to.
   *
   * @param told whether it is told as made: not one that an earlier build made, or began with
   */
  private record Made(Digest image, boolean told) {}

  private Done<Made> run(
      Build build,
      Provenance provenance,
      BaseImages bases,
      BuildSource source,
      Deliveries deliveries,
      BuildOutput output,
      List<Subject> given,
      Instant startedOn)
      throws ApiException, IOException {
    ImageStore store = parts.store();
    try {
      Digest image = build.run();
      boolean known = store.provenance(image).isPresent();
      if (!known) {
        store.describe(
            image, signer.seal(provenance.statement(image, bases.used(), startedOn, clock.now())));
      }
      if (deliveries.listed()) {
        store.hide(image, false);
        output.naming(image, provenance.request().names());
      } else if (!known) {
        store.hide(image, true);
      }
      source.close(); // or its bytes would be synced too
      store.settle();
      List<Subject> subjects = new ArrayList<>();
      List<ImageReference> names = provenance.request().names();
      for (ImageReference name : names) {
        Optional<Map<String, String>> annotations = Optional.of(deliveries.annotations());
        if (!store.references(image).contains(name)
            || !store.record(image).annotations(name).equals(annotations)) {
          var _ = store.tag(name, image, annotations);
        }
        subjects.add(new Subject("image/" + name, image));
      }
      if (names.isEmpty()) {
        subjects.add(new Subject("image/" + image, image));
      }
      store
          .record(image)
          .provenance()
          .ifPresent(statement -> subjects.add(new Subject("provenance/" + image, statement)));
      subjects.addAll(given);
      bases.used().forEach((name, base) -> subjects.add(new Subject("base/" + name, base)));
      boolean told =
          provenance.request().neededOnly()
              ? deliveries.listed()
              : !known && store.record(image).step().isPresent();
      return new Done<>(new Made(image, told), subjects, new Outcome.Done(), Usage.NONE);
    } catch (ArchiveException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    } finally {
      source.close();
      // What the steps before a failure made is found again by the next build.
      store.settle();
    }
  }

  /** What the build may read of its context; empty if that may be all. */
  private Optional<List<String>> named(
      BuildRequest request, Dockerfile dockerfile, Dockerfile.Stage target) {
    if (!request.neededOnly()) {
      return Optional.empty(); // all of it is here already
    }
    try {
      Scope scope = Scope.global(request.arguments(), Build.platform(parts.architecture()));
      WordLexer lexer = new WordLexer(dockerfile.escape(), scope::get);
      for (Instruction argument : dockerfile.globals()) {
        var _ = scope.declare(argument, dockerfile.escape(), lexer);
      }
      return ContextPaths.of(
          dockerfile,
          NeededStages.of(dockerfile, target, lexer),
          lexer,
          name -> !request.pull() && isPlain(name));
    } catch (DockerfileException e) {
      return Optional.empty(); // told when it is reached
    }
  }

  private boolean isPlain(String name) {
    try {
      return parts.store().resolve(name).config().onBuild().isEmpty();
    } catch (ApiException e) {
      return false; // not here, or not a name: told when it is looked for
    }
  }

  private static Map<String, String> attributes(
      BuildRequest request, Dockerfile dockerfile, BuildSource source) {
    Map<String, String> attributes = attributes(request);
    attributes.put(
        "bases",
        String.join(" ", dockerfile.stages().stream().map(Dockerfile.Stage::base).toList()));
    source.address().ifPresent(address -> attributes.put("remote", address));
    return attributes;
  }

  private static Map<String, String> attributes(BuildRequest request) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(
        "image", String.join(" ", request.names().stream().map(ImageReference::toString).toList()));
    attributes.put("target", request.target());
    attributes.put("network", request.hostConfig().path("NetworkMode").asString("default"));
    return attributes;
  }
}
