package io.metanode.containers.config;

import io.metanode.containers.http.ApiException;
import java.util.List;

/**
 * Refuses what Docker can do and this engine cannot: an option that is asked for is either met or
 * refused, never dropped.
 */
public final class Unsupported {

  private static final List<String> BLOCK_DEVICES =
      List.of(
          "BlkioWeightDevice",
          "BlkioDeviceReadBps",
          "BlkioDeviceWriteBps",
          "BlkioDeviceReadIOps",
          "BlkioDeviceWriteIOps");
  private static final List<String> NUMBERS =
      List.of(
          "CpuRealtimePeriod",
          "CpuRealtimeRuntime",
          "CpuCount",
          "CpuPercent",
          "IOMaximumIOps",
          "IOMaximumBandwidth");

  private Unsupported() {}

  /**
   * @throws ApiException 400 naming the option
   */
  public static void refuse(HostConfig host) throws ApiException {
    refuseSharing(host);
    refuseResources(host);
    refuseMounts(host);
    refusePorts(host);
  }

  private static void refuseSharing(HostConfig host) throws ApiException {
    if (!host.text("Cgroup").isEmpty()) {
      throw refusal("Cgroup \"" + host.text("Cgroup") + "\"", "leave it out");
    }
    if (!List.of("", "host").contains(host.text("UsernsMode"))) {
      throw ApiException.badRequest("invalid USER mode: " + host.text("UsernsMode"));
    }
    if (!List.of("", "default").contains(host.text("Isolation"))) {
      throw ApiException.badRequest(
          "invalid isolation '" + host.text("Isolation") + "' on linux; only 'default' is there");
    }
  }

  private static void refuseResources(HostConfig host) throws ApiException {
    if (!host.node("StorageOpt").isEmpty()) {
      throw refusal("StorageOpt", "the size of a container's file system cannot be bounded");
    }
    if (host.hasDeviceRequests()) {
      throw ApiException.badRequest(
          "could not select device driver \"\" with capabilities: device requests, such as --gpus,"
              + " are not supported; name devices with --device");
    }
    for (String field : BLOCK_DEVICES) {
      if (!host.node(field).isEmpty()) {
        throw refusal(field, "block devices cannot be throttled one by one");
      }
    }
    for (String field : NUMBERS) {
      if (host.number(field) != 0) {
        throw refusal(field, "leave it out");
      }
    }
  }

  private static void refuseMounts(HostConfig host) throws ApiException {
    if (!List.of("", "local").contains(host.text("VolumeDriver"))) {
      throw refusal(
          "VolumeDriver \"" + host.text("VolumeDriver") + "\"", "only the driver local is there");
    }
  }

  private static void refusePorts(HostConfig host) throws ApiException {
    for (String port : host.portBindings().keySet()) {
      if (port.endsWith("/sctp")) {
        throw refusal("publishing port " + port, "only tcp and udp ports are published");
      }
    }
  }

  private static ApiException refusal(String option, String advice) {
    return ApiException.badRequest(option + " is not supported: " + advice);
  }
}
