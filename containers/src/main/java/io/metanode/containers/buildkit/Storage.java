package io.metanode.containers.buildkit;

import io.grpc.stub.StreamObserver;
import io.metanode.containers.build.BuildPruning;
import io.metanode.containers.build.CacheMounts;
import io.metanode.containers.buildkit.rpc.RpcServer;
import io.metanode.containers.buildkit.wire.DiskUsageRequest;
import io.metanode.containers.buildkit.wire.DiskUsageResponse;
import io.metanode.containers.buildkit.wire.PruneRequest;
import io.metanode.containers.buildkit.wire.UsageRecord;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageRemoval.Removed;
import java.io.IOException;
import java.util.List;

/** What builds keep for the next ones, and its removal, in BuildKit's words. */
final class Storage {

  private final BuildPruning pruning;

  Storage(BuildPruning pruning) {
    this.pruning = pruning;
  }

  void usage(DiskUsageRequest request, StreamObserver<DiskUsageResponse> observer) {
    try {
      DiskUsageResponse.Builder response = DiskUsageResponse.newBuilder();
      refuseFilters(request.getFilterList());
      pruning.caches().forEach(cache -> response.addRecord(record(cache)));
      Control.answer(observer, response.build());
    } catch (ApiException | IOException | RuntimeException e) {
      observer.onError(Failures.told(e));
    }
  }

  /** Clients send an empty one where none is meant. */
  private static void refuseFilters(List<String> filters) throws ApiException {
    if (!filters.stream().allMatch(String::isEmpty)) {
      throw new ApiException(501, "filters are not supported by this engine: leave them out");
    }
  }

  void prune(PruneRequest request, StreamObserver<UsageRecord> observer) {
    try {
      refuseFilters(request.getFilterList());
      if (request.getKeepDuration() != 0 || request.getKeepBytes() != 0) {
        throw new ApiException(
            501, "keeping a part is not supported by this engine: leave the option out");
      }
      BuildPruning.Pruned pruned = pruning.prune(RpcServer.caller());
      for (Removed one : pruned.images()) {
        if (one instanceof Removed.DeletedImage image) {
          observer.onNext(UsageRecord.newBuilder().setID(image.image().toString()).build());
        }
      }
      pruned.caches().forEach(cache -> observer.onNext(record(cache)));
      observer.onCompleted();
    } catch (ApiException | IOException | RuntimeException e) {
      observer.onError(Failures.told(e));
    }
  }

  private static UsageRecord record(CacheMounts.Kept cache) {
    return UsageRecord.newBuilder()
        .setID("sha256:" + cache.digest())
        .setMutable(true)
        .setInUse(cache.inUse())
        .setSize(cache.bytes())
        .setCreatedAt(Progress.timestamp(cache.created()))
        .setDescription("cached mount " + cache.name())
        .setRecordType("exec.cachemount")
        .build();
  }
}
