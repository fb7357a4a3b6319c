package io.metanode.containers.engine;

import io.metanode.containers.cgroup.ContainerGroup;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Subject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a container is from its creation to its end. Its canonical JSON is the file {@code
 * config.json}, whose SHA-256 names the container in receipts.
 *
 * @param id 64 hexadecimal digits
 * @param created when
 * @param imageId the image's id
 * @param config the configuration with the image's defaults merged in
 * @param hostConfig the configuration on this host, defaults filled in
 * @param networking what the client asked of networks
 * @param mounts what is mounted where
 * @param account who pays for what it uses; empty for containers of before there were accounts
 * @param digest of the canonical JSON
 */
public record Definition(
    String id,
    Instant created,
    Digest imageId,
    ContainerConfig config,
    HostConfig hostConfig,
    ObjectNode networking,
    List<MountPoint> mounts,
    Optional<Account> account,
    Digest digest) {

  /** The label of a container that runs a step of a build; its value names the build. */
  public static final String BUILD_LABEL = "io.metanode.build";

  public Definition {
    mounts = List.copyOf(mounts);
  }

  static Definition of(
      String id,
      Instant created,
      Digest imageId,
      ContainerConfig config,
      HostConfig hostConfig,
      ObjectNode networking,
      List<MountPoint> mounts,
      Optional<Account> account) {
    Definition unnamed =
        new Definition(
            id, created, imageId, config, hostConfig, networking, mounts, account, imageId);
    return unnamed.withDigest(sha256(unnamed.bytes()));
  }

  private Definition withDigest(Digest named) {
    return new Definition(
        id, created, imageId, config, hostConfig, networking, mounts, account, named);
  }

  /**
   * With other limits; its canonical JSON, and so its name in receipts, stay those it was made of.
   */
  Definition updated(HostConfig changed) {
    return new Definition(
        id, created, imageId, config, changed, networking, mounts, account, digest);
  }

  /** The canonical JSON. */
  byte[] bytes() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", 1);
    json.put("id", id);
    json.put("created", created.toString());
    json.put("image", imageId.toString());
    json.set("config", config.json());
    json.set("hostConfig", hostConfig.json());
    json.set("networking", networking);
    var list = json.putArray("mounts");
    mounts.forEach(mount -> list.add(mount.json()));
    account.ifPresent(
        payer -> json.putObject("account").put("app", payer.app()).put("tenant", payer.tenant()));
    return CanonicalJson.bytes(json);
  }

  /** Reads {@code config.json}. */
  static Definition read(byte[] bytes, JsonNode json) {
    HostConfig hostConfig = new HostConfig((ObjectNode) json.path("hostConfig"));
    return new Definition(
        json.path("id").asString(),
        Instant.parse(json.path("created").asString()),
        Digest.parse(json.path("image").asString()).orElseThrow(),
        new ContainerConfig((ObjectNode) json.path("config")),
        hostConfig,
        (ObjectNode) json.path("networking"),
        MountPoint.readAll(json.path("mounts")).stream()
            .map(mount -> withPart(mount, hostConfig))
            .toList(),
        account(json.path("account")),
        sha256(bytes));
  }

  /** What was stored before mounts named their parts has them in the client's request alone. */
  private static MountPoint withPart(MountPoint mount, HostConfig host) {
    return mount.type().equals("volume") && mount.part().isEmpty()
        ? mount.withPart(host.volumePart(mount.destination()))
        : mount;
  }

  private static Optional<Account> account(JsonNode json) {
    return json.isMissingNode()
        ? Optional.empty()
        : Optional.of(new Account(json.path("tenant").asString(), json.path("app").asString()));
  }

  /** Whether nothing of it needs to outlive a crash of the machine: its end is its removal. */
  boolean isPassing() {
    return hostConfig.autoRemove() || config.labels().containsKey(BUILD_LABEL);
  }

  /** Where its control groups are while it runs. */
  public ContainerGroup group() {
    return ContainerGroup.of(id, hostConfig.cgroupParent());
  }

  /** The container as the subject of receipts. */
  Subject subject() {
    return new Subject("container/" + id, digest);
  }

  /** The container's image as the subject of receipts. */
  Subject imageSubject() {
    return imageSubject(config.image(), imageId);
  }

  /** The images whose files it mounts as the subjects of receipts. */
  List<Subject> mountedImageSubjects() {
    return mounts.stream()
        .flatMap(mount -> mount.image().map(id -> imageSubject(mount.name(), id)).stream())
        .toList();
  }

  static Subject imageSubject(String name, Digest id) {
    return new Subject("image/" + name, id);
  }

  private static Digest sha256(byte[] bytes) {
    try {
      return Digest.ofBytes(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
