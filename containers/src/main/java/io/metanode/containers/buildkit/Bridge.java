package io.metanode.containers.buildkit;

import com.google.protobuf.MessageLite;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.metanode.containers.buildkit.rpc.Methods;
import io.metanode.containers.buildkit.rpc.RpcServer;
import io.metanode.containers.buildkit.wire.BridgeSolveRequest;
import io.metanode.containers.buildkit.wire.BridgeSolveResponse;
import io.metanode.containers.buildkit.wire.PingRequest;
import io.metanode.containers.buildkit.wire.PongResponse;
import io.metanode.containers.buildkit.wire.Ref;
import io.metanode.containers.buildkit.wire.Result;
import io.metanode.containers.buildkit.wire.ReturnRequest;
import io.metanode.containers.buildkit.wire.ReturnResponse;
import io.metanode.containers.http.ApiException;

/**
 * {@code moby.buildkit.v1.frontend.LLBBridge}: a client asks a frontend for results, and returns
 * one of them as that of its build. A result is built when it has been returned.
 */
final class Bridge {

  private static final String SERVICE = "moby.buildkit.v1.frontend.LLBBridge";
  private static final String BUILD = "buildkit-controlapi-buildid";

  private final Solver solver;
  private final Worker worker;

  Bridge(Solver solver, Worker worker) {
    this.solver = solver;
    this.worker = worker;
  }

  /** What is done for a call, for the build it is about. */
  @FunctionalInterface
  private interface Work<Q, A> {
    A run(Solve solve, Q request) throws ApiException, InterruptedException;
  }

  ServerServiceDefinition service() {
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(SERVICE);
    add(
        service,
        "Ping",
        PingRequest.getDefaultInstance(),
        PongResponse.getDefaultInstance(),
        (_, _) -> worker.pong());
    add(
        service,
        "Solve",
        BridgeSolveRequest.getDefaultInstance(),
        BridgeSolveResponse.getDefaultInstance(),
        this::solve);
    add(
        service,
        "Return",
        ReturnRequest.getDefaultInstance(),
        ReturnResponse.getDefaultInstance(),
        Bridge::end);
    return service.build();
  }

  private <Q extends MessageLite, A extends MessageLite> void add(
      ServerServiceDefinition.Builder service,
      String method,
      Q request,
      A answer,
      Work<Q, A> work) {
    service.addMethod(
        Methods.unary(SERVICE, method, request, answer),
        ServerCalls.asyncUnaryCall((asked, observer) -> handle(asked, observer, work)));
  }

  private <Q, A> void handle(Q request, StreamObserver<A> observer, Work<Q, A> work) {
    try {
      Solve solve = solver.solves().of(RpcServer.header(BUILD), RpcServer.caller());
      Control.answer(observer, work.run(solve, request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(Status.UNAVAILABLE.withDescription("the engine closes").asException());
    } catch (ApiException | RuntimeException e) {
      observer.onError(Failures.told(e));
    }
  }

  private BridgeSolveResponse solve(Solve solve, BridgeSolveRequest request) throws ApiException {
    solver.check(request);
    String id = solve.keep(request);
    if (!request.getAllowResultReturn()) {
      return BridgeSolveResponse.newBuilder().setRef(id).build();
    }
    Result.Builder result = Result.newBuilder();
    if (request.getAllowResultArrayRef()) {
      result.setRef(Ref.newBuilder().setId(id));
    } else {
      result.setRefDeprecated(id);
    }
    return BridgeSolveResponse.newBuilder().setResult(result).build();
  }

  private static ReturnResponse end(Solve solve, ReturnRequest request)
      throws ApiException, InterruptedException {
    if (!solve.end(request)) {
      throw ApiException.conflict("the build has its result already");
    }
    return ReturnResponse.getDefaultInstance();
  }
}
