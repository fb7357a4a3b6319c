package io.metanode.containers.buildkit;

import io.metanode.containers.build.ArchiveSource;
import io.metanode.containers.build.BuildPeer;
import io.metanode.containers.build.BuildRequest;
import io.metanode.containers.build.BuildSource;
import io.metanode.containers.build.Builds;
import io.metanode.containers.build.Deliveries;
import io.metanode.containers.build.Delivery;
import io.metanode.containers.buildkit.wire.BridgeSolveRequest;
import io.metanode.containers.buildkit.wire.Definition;
import io.metanode.containers.buildkit.wire.Result;
import io.metanode.containers.buildkit.wire.ReturnRequest;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.buildkit.wire.SolveResponse;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.sys.Syscalls;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Has the builder build what clients ask for in BuildKit's words. */
final class Solver {

  private static final String FRONTEND = "dockerfile.v0";
  private static final String UPLOAD = "http://buildkit-session/";

  /** What a solver needs of the engine. */
  record Parts(
      Builds builds,
      ImageStore store,
      ReceiptedTransfers transfers,
      Operations operations,
      Syscalls syscalls,
      Clock clock,
      UnpackLimits limits) {}

  private final Parts parts;
  private final Sessions sessions;
  private final Platform host;
  private final Solves solves = new Solves();

  Solver(Parts parts, Sessions sessions, Platform host) {
    this.parts = parts;
    this.sessions = sessions;
    this.host = host;
  }

  Solves solves() {
    return solves;
  }

  /** Refuses what no Dockerfile's build needs. */
  void check(BridgeSolveRequest request) throws ApiException {
    refuseGraph(request.getDefinition());
    if (!request.getFrontendInputsMap().isEmpty()) {
      throw graph();
    }
    requireDockerfile(request.getFrontend());
    var _ = new FrontendOptions(request.getFrontendOptMap()).request(List.of(), host);
  }

  private static void refuseGraph(Definition definition) throws ApiException {
    if (definition.getDefCount() > 0) {
      throw graph();
    }
  }

  private static ApiException graph() {
    return new ApiException(
        501,
        "this engine builds from Dockerfiles and solves no graphs (LLB): send the frontend "
            + FRONTEND
            + ", as docker build does");
  }

  private static void requireDockerfile(String frontend) throws ApiException {
    if (!frontend.equals(FRONTEND)) {
      throw new ApiException(
          501,
          "the frontend \""
              + frontend
              + "\" is not supported by this engine, which builds from Dockerfiles: "
              + FRONTEND);
    }
  }

  /**
   * Builds what the request names, or what the client says through the bridge that it should.
   *
   * @param abandoned whether nobody waits any more
   */
  SolveResponse solve(Actor actor, SolveRequest request, BooleanSupplier abandoned)
      throws ApiException, IOException, InterruptedException {
    refuseGraph(request.getDefinition());
    Solve solve = new Solve(actor, request);
    solves.add(solve);
    try {
      Exports exports = Exports.of(request, host);
      Optional<Map<String, String>> options = options(solve, abandoned);
      if (options.isEmpty()) {
        return SolveResponse.getDefaultInstance();
      }
      ImageAnswer answer = new ImageAnswer();
      attempt(solve, new FrontendOptions(options.get()), exports, answer, abandoned);
      return SolveResponse.newBuilder().putAllExporterResponse(answer.attributes()).build();
    } finally {
      solves.remove(solve);
    }
  }

  /** What the frontend is asked; empty if the client wanted to know what there is, and no more. */
  private Optional<Map<String, String>> options(Solve solve, BooleanSupplier abandoned)
      throws ApiException, InterruptedException {
    SolveRequest request = solve.request();
    if (!request.getFrontend().isEmpty()) {
      requireDockerfile(request.getFrontend());
      if (!request.getFrontendInputsMap().isEmpty()) {
        throw graph();
      }
      return Optional.of(request.getFrontendAttrsMap());
    }
    ReturnRequest end = solve.await(abandoned);
    if (end.hasError()) {
      throw ApiException.badRequest(end.getError().getMessage());
    }
    String id = id(end.getResult());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        solve
            .result(id)
            .orElseThrow(() -> ApiException.badRequest("no such result: " + id))
            .getFrontendOptMap());
  }

  private static String id(Result result) throws ApiException {
    return switch (result.getResultCase()) {
      case REF -> result.getRef().getId();
      case REFDEPRECATED -> result.getRefDeprecated();
      case REFS -> {
        if (result.getRefs().getRefsCount() != 1) {
          throw new ApiException(501, "a build has one result here, not one for each platform");
        }
        yield result.getRefs().getRefsMap().values().iterator().next().getId();
      }
      case RESULT_NOT_SET -> "";
    };
  }

  /** What fails before the builder knows what it is about leaves a receipt too. */
  private void attempt(
      Solve solve,
      FrontendOptions options,
      Exports exports,
      ImageAnswer answer,
      BooleanSupplier abandoned)
      throws ApiException, IOException {
    SolveRequest request = solve.request();
    Operation asked =
        Operation.of(
            solve.actor(),
            "image.build",
            Map.of(),
            ("Solve " + request.getRef()).getBytes(StandardCharsets.UTF_8));
    Progress progress = new Progress(request.getRef(), solve.statuses(), parts.clock(), abandoned);
    parts
        .operations()
        .attempt(
            asked,
            () -> {
              BuildRequest build = options.request(exports.names(), host);
              var _ =
                  build(
                      solve.actor(),
                      build,
                      request.getSession(),
                      options,
                      exports,
                      answer,
                      progress);
            });
  }

  /**
   * Builds from the directories of a session.
   *
   * @param answer is told of the image
   */
  Digest build(
      Actor actor,
      BuildRequest request,
      String sessionId,
      FrontendOptions options,
      Exports exports,
      ImageAnswer answer,
      Progress progress)
      throws ApiException, IOException {
    Session session = sessions.of(sessionId, actor);
    ClientDelivery.Origin origin =
        new ClientDelivery.Origin(
            parts, actor, session, progress, request.target(), options.time());
    List<Delivery> elsewhere = new ArrayList<>();
    exports.sent().forEach(one -> elsewhere.add(new ClientDelivery(origin, one, answer)));
    if (!exports.pushed().isEmpty()) {
      elsewhere.add(new PushDelivery(origin, exports.pushed()));
    }
    Digest image =
        build(
            actor,
            request,
            source(session, options, progress),
            session,
            new Deliveries(exports.stored(), exports.annotations(), elsewhere),
            progress);
    if (exports.stored()) {
      answer.stored(image, exports.names());
    }
    return image;
  }

  /**
   * Builds from an archive.
   *
   * @param sessionId of the client who is asked for what is needed besides; empty without one
   * @param credentials by the name of the registry, for who has no session
   */
  Digest build(
      Actor actor,
      BuildRequest request,
      InputStream archive,
      String sessionId,
      Map<String, Credentials> credentials,
      Progress progress)
      throws ApiException, IOException {
    BuildPeer peer =
        sessionId.isEmpty() ? BuildPeer.silent(credentials) : sessions.of(sessionId, actor);
    BuildSource source =
        new ArchiveSource(archive, request.dockerfile(), parts.syscalls(), parts.limits());
    return build(actor, request, source, peer, Deliveries.STORE, progress);
  }

  private Digest build(
      Actor actor,
      BuildRequest request,
      BuildSource source,
      BuildPeer peer,
      Deliveries deliveries,
      Progress progress)
      throws ApiException, IOException {
    try {
      Digest image = parts.builds().build(actor, request, source, peer, deliveries, progress);
      progress.complete("");
      return image;
    } catch (ApiException | IOException | RuntimeException e) {
      progress.complete(Failures.message(e));
      throw e;
    }
  }

  private BuildSource source(Session session, FrontendOptions options, Progress progress)
      throws ApiException {
    String address = options.address();
    if (address.startsWith(UPLOAD)) {
      return new ArchiveSource(
          new UploadStream(session.upload("/" + address.substring(UPLOAD.length()))),
          options.dockerfile(),
          parts.syscalls(),
          parts.limits());
    }
    if (!address.isEmpty()) {
      throw new ApiException(
          501,
          "building from the address "
              + address
              + " is not supported: fetch it, and build from a directory");
    }
    return new LocalSource(session, options, parts.syscalls(), parts.limits(), progress);
  }
}
