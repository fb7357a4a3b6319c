package io.metanode.containers.launch;

import io.metanode.containers.sys.SealedFile;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes launch plans for the shim. */
public final class Launcher {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CONFIG = "config.json";

  private final Path shim;
  private final ControlGroups groups;
  private final SeccompFilters filters;

  private Launcher(Path shim, ControlGroups groups, SeccompFilters filters) {
    this.shim = shim;
    this.groups = groups;
    this.filters = filters;
  }

  /**
   * @param shim the shim's program, which is copied to where nothing can change it
   */
  public static Launcher open(Syscalls syscalls, Path shim) throws IOException {
    return new Launcher(
        SealedFile.of("metanode-shim", Files.readAllBytes(shim)).path(),
        ControlGroups.detect(),
        new SeccompFilters(syscalls));
  }

  /** The shim's program that carries plans out. */
  public Path shim() {
    return shim;
  }

  /**
   * Reads the configuration of a bundle, and refuses a root directory whose {@code /dev} is a link:
   * runc before 1.2 makes the links in it where it leads on the host.
   */
  public JsonNode read(Path bundle) throws IOException {
    JsonNode config = config(bundle);
    Path device = Path.of(config.path("root").path("path").asString(), "dev");
    if (Files.isSymbolicLink(device)) {
      throw new IOException("/dev of the container's file system is a link");
    }
    return config;
  }

  /**
   * The plan of a container's start.
   *
   * @param joins whether the shim is given the network namespace it is to join
   * @throws OutsideLauncherException if runc must start it
   */
  public byte[] container(JsonNode config, String containerId, boolean joins)
      throws OutsideLauncherException, IOException {
    return new ContainerPlan(config, containerId, groups, filter(config)).bytes(joins);
  }

  /**
   * The plan of one more process in a container that was started by a plan.
   *
   * @param process a file with an OCI process object
   * @throws OutsideLauncherException if it cannot be started this way
   */
  public byte[] exec(Path bundle, String containerId, Path process)
      throws OutsideLauncherException, IOException {
    JsonNode config = config(bundle);
    return ExecPlan.bytes(
        config, containerId, JSON.readTree(Files.readAllBytes(process)), groups, filter(config));
  }

  private static JsonNode config(Path bundle) throws IOException {
    return JSON.readTree(Files.readAllBytes(bundle.resolve(CONFIG)));
  }

  private byte[] filter(JsonNode config) throws OutsideLauncherException, IOException {
    return filters.program(config.path("linux").path("seccomp"));
  }
}
