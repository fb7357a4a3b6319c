package io.metanode.containers.buildkit;

import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.metanode.containers.buildkit.rpc.Methods;
import io.metanode.containers.buildkit.rpc.RpcServer;
import io.metanode.containers.buildkit.wire.DiskUsageRequest;
import io.metanode.containers.buildkit.wire.DiskUsageResponse;
import io.metanode.containers.buildkit.wire.InfoRequest;
import io.metanode.containers.buildkit.wire.InfoResponse;
import io.metanode.containers.buildkit.wire.ListWorkersRequest;
import io.metanode.containers.buildkit.wire.ListWorkersResponse;
import io.metanode.containers.buildkit.wire.PruneRequest;
import io.metanode.containers.buildkit.wire.SolveRequest;
import io.metanode.containers.buildkit.wire.SolveResponse;
import io.metanode.containers.buildkit.wire.StatusRequest;
import io.metanode.containers.buildkit.wire.StatusResponse;
import io.metanode.containers.buildkit.wire.UsageRecord;
import io.metanode.containers.http.ApiException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code moby.buildkit.v1.Control}: what a client asks to have a build begun and watched. */
final class Control {

  private static final String SERVICE = "moby.buildkit.v1.Control";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Solver solver;
  private final Worker worker;

  Control(Solver solver, Worker worker) {
    this.solver = solver;
    this.worker = worker;
  }

  ServerServiceDefinition service(Storage storage) {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(
            Methods.unary(
                SERVICE,
                "DiskUsage",
                DiskUsageRequest.getDefaultInstance(),
                DiskUsageResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall(storage::usage))
        .addMethod(
            Methods.streaming(
                SERVICE,
                "Prune",
                PruneRequest.getDefaultInstance(),
                UsageRecord.getDefaultInstance()),
            ServerCalls.asyncServerStreamingCall(storage::prune))
        .addMethod(
            Methods.unary(
                SERVICE,
                "Info",
                InfoRequest.getDefaultInstance(),
                InfoResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall((_, answer) -> answer(answer, worker.info())))
        .addMethod(
            Methods.unary(
                SERVICE,
                "ListWorkers",
                ListWorkersRequest.getDefaultInstance(),
                ListWorkersResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall((_, answer) -> answer(answer, worker.list())))
        .addMethod(
            Methods.unary(
                SERVICE,
                "Solve",
                SolveRequest.getDefaultInstance(),
                SolveResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall(this::solve))
        .addMethod(
            Methods.streaming(
                SERVICE,
                "Status",
                StatusRequest.getDefaultInstance(),
                StatusResponse.getDefaultInstance()),
            ServerCalls.asyncServerStreamingCall(this::status))
        .build();
  }

  static <A> void answer(StreamObserver<A> observer, A answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  private void solve(SolveRequest request, StreamObserver<SolveResponse> observer) {
    unhandled(observer);
    Context call = Context.current();
    try {
      boolean ownPushes = OwnPushes.by(RpcServer.header("user-agent"));
      answer(observer, solver.solve(RpcServer.caller(), request, ownPushes, call::isCancelled));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(Status.UNAVAILABLE.withDescription("the engine closes").asException());
    } catch (Exception e) {
      observer.onError(Failures.told(e));
    }
  }

  /** Whoever has gone is told nothing. */
  private static void unhandled(StreamObserver<?> observer) {
    if (observer instanceof ServerCallStreamObserver<?> call) {
      call.setOnCancelHandler(() -> {});
    }
  }

  private void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
    unhandled(observer);
    Context call = Context.current();
    try {
      StatusQueue statuses =
          solver.solves().lately(request.getRef(), RpcServer.caller()).statuses();
      if (!statuses.claim()) {
        throw ApiException.conflict("the status of " + request.getRef() + " is read already");
      }
      call.addListener(_ -> statuses.abandon(), Runnable::run);
      while (!call.isCancelled()) {
        Optional<StatusResponse> next = statuses.take();
        if (next.isEmpty()) {
          observer.onCompleted();
          return;
        }
        awaitReady(observer, call);
        observer.onNext(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(Status.UNAVAILABLE.withDescription("the engine closes").asException());
    } catch (Exception e) {
      observer.onError(Failures.told(e));
    }
  }

  private static void awaitReady(StreamObserver<?> observer, Context call) {
    if (observer instanceof ServerCallStreamObserver<?> stream) {
      while (!stream.isReady() && !call.isCancelled()) {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }
}
