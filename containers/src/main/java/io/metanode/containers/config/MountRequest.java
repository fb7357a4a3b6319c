package io.metanode.containers.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code HostConfig.Mounts}. */
public final class MountRequest extends View {

  MountRequest(ObjectNode object) {
    super(object);
  }

  /** {@code bind}, {@code volume}, {@code tmpfs} or {@code image}. */
  public String type() {
    return text("Type");
  }

  public String source() {
    return text("Source");
  }

  public String target() {
    return text("Target");
  }

  public boolean readOnly() {
    return flag("ReadOnly");
  }

  public String propagation() {
    return node("BindOptions").path("Propagation").asString("");
  }

  public boolean nonRecursive() {
    return node("BindOptions").path("NonRecursive").asBoolean(false);
  }

  /** Whether being read-only ends at what is mounted below it. */
  public boolean readOnlyByItself() {
    return node("BindOptions").path("ReadOnlyNonRecursive").asBoolean(false);
  }

  /** Whether it must be read-only with all that is mounted below it. */
  public boolean readOnlyWithAll() {
    return node("BindOptions").path("ReadOnlyForceRecursive").asBoolean(false);
  }

  public boolean createsMountpoint() {
    return node("BindOptions").path("CreateMountpoint").asBoolean(false);
  }

  public boolean noCopy() {
    return node("VolumeOptions").path("NoCopy").asBoolean(false);
  }

  /** The part of the volume to mount; empty for all of it. */
  public String volumeSubpath() {
    return node("VolumeOptions").path("Subpath").asString("");
  }

  /** The part of the image to mount; empty for all of it. */
  public String imageSubpath() {
    return node("ImageOptions").path("Subpath").asString("");
  }

  public String volumeDriver() {
    return node("VolumeOptions").path("DriverConfig").path("Name").asString("");
  }

  public Map<String, String> volumeDriverOptions() {
    return map(node("VolumeOptions").path("DriverConfig").path("Options"));
  }

  public Map<String, String> volumeLabels() {
    return map(node("VolumeOptions").path("Labels"));
  }

  private static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      map.put(entry.getKey(), entry.getValue().asString(""));
    }
    return map;
  }

  /** Bytes; 0 for the kernel's default. */
  public long tmpfsBytes() {
    return node("TmpfsOptions").path("SizeBytes").asLong(0);
  }

  /** Permission bits; 0 for the default. */
  public int tmpfsMode() {
    return (int) node("TmpfsOptions").path("Mode").asLong(0);
  }
}
