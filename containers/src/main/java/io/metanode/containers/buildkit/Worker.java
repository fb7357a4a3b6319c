package io.metanode.containers.buildkit;

import io.metanode.containers.buildkit.wire.APICap;
import io.metanode.containers.buildkit.wire.BuildkitVersion;
import io.metanode.containers.buildkit.wire.InfoResponse;
import io.metanode.containers.buildkit.wire.ListWorkersResponse;
import io.metanode.containers.buildkit.wire.PongResponse;
import io.metanode.containers.buildkit.wire.WorkerRecord;
import java.util.List;

/**
 * What this engine says of itself to BuildKit's clients.
 *
 * @param id of the engine
 * @param version of this program
 * @param platform that it builds for
 */
record Worker(String id, String version, io.metanode.containers.registry.Platform platform) {

  private static final String LABEL = "org.mobyproject.buildkit.worker.";

  /** What the bridge does; of graphs, nothing. */
  private static final List<String> CAPABILITIES =
      List.of("solve.base", "return", "proto.refarray");

  /** Clients send several outputs, and images as archives, to who says so. */
  private static final String SEVERAL_OUTPUTS = "exporter.multiple";

  /** Not a name of BuildKit's: there is something in the list, and it is off. */
  private static final String GRAPHS = "graphs";

  private BuildkitVersion release() {
    return BuildkitVersion.newBuilder()
        .setPackage("metanode")
        .setVersion(version)
        .setRevision("")
        .build();
  }

  private WorkerRecord worker() {
    return WorkerRecord.newBuilder()
        .setID(id)
        .putLabels(LABEL + "executor", "metanode")
        .putLabels(LABEL + "snapshotter", "overlayfs")
        .addPlatforms(
            io.metanode.containers.buildkit.wire.Platform.newBuilder()
                .setOS(platform.os())
                .setArchitecture(platform.architecture())
                .setVariant(platform.variant()))
        .setBuildkitVersion(release())
        .build();
  }

  InfoResponse info() {
    return InfoResponse.newBuilder().setBuildkitVersion(release()).build();
  }

  ListWorkersResponse list() {
    return ListWorkersResponse.newBuilder().addRecord(worker()).build();
  }

  /** An empty list of a graph's capabilities would be read as that of old servers. */
  PongResponse pong() {
    PongResponse.Builder pong = PongResponse.newBuilder().addWorkers(worker());
    for (String capability : CAPABILITIES) {
      pong.addFrontendAPICaps(APICap.newBuilder().setID(capability).setEnabled(true));
    }
    pong.addLLBCaps(APICap.newBuilder().setID(SEVERAL_OUTPUTS).setEnabled(true));
    pong.addLLBCaps(
        APICap.newBuilder()
            .setID(GRAPHS)
            .setEnabled(false)
            .setDisabledReasonMsg("this engine builds from Dockerfiles alone"));
    return pong.build();
  }
}
