package io.metanode.containers.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OCI bundles over Debian's static busybox. */
final class Bundles {

  static final Path BUSYBOX = Path.of("/bin/busybox");
  static final String CGROUP = "metanode-shim-it";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path rootfs;

  Bundles(Path directory) throws IOException {
    rootfs = directory.resolve("rootfs");
    Path bin = Files.createDirectories(rootfs.resolve("bin"));
    for (String name : List.of("dev", "proc", "sys", "tmp")) {
      Files.createDirectories(rootfs.resolve(name));
    }
    Files.copy(BUSYBOX, bin.resolve("busybox"));
    for (String applet :
        List.of("sh", "cat", "echo", "sleep", "true", "seq", "stty", "dd", "tty", "yes", "head")) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Files.writeString(rootfs.resolve("plain"), "not a program");
  }

  /** Writes a bundle that runs {@code arguments}. */
  Path bundle(Path directory, String id, boolean terminal, List<String> arguments)
      throws IOException {
    Files.createDirectories(directory);
    ObjectNode config = JSON.createObjectNode();
    config.put("ociVersion", "1.0.2");
    config.set("process", process(terminal, arguments));
    config.putObject("root").put("path", rootfs.toString());
    ArrayNode mounts = config.putArray("mounts");
    mount(mounts, "/proc", "proc");
    mount(mounts, "/dev", "tmpfs");
    mount(mounts, "/dev/pts", "devpts", "newinstance", "ptmxmode=0666", "mode=0620");
    ObjectNode linux = config.putObject("linux");
    linux.put("cgroupsPath", "/" + CGROUP + "/" + id);
    ArrayNode namespaces = linux.putArray("namespaces");
    for (String type : List.of("pid", "mount", "ipc", "uts", "network")) {
      namespaces.addObject().put("type", type);
    }
    JSON.writeValue(directory.resolve("config.json").toFile(), config);
    return directory;
  }

  static ObjectNode process(boolean terminal, List<String> arguments) {
    ObjectNode process = JSON.createObjectNode();
    process.put("terminal", terminal);
    process.putObject("user").put("uid", 0).put("gid", 0);
    arguments.forEach(process.putArray("args")::add);
    process.putArray("env").add("PATH=/bin").add("TERM=xterm");
    process.put("cwd", "/");
    return process;
  }

  private static void mount(ArrayNode mounts, String target, String type, String... options) {
    ObjectNode mount = mounts.addObject();
    mount.put("destination", target).put("type", type).put("source", type);
    List.of(options).forEach(mount.putArray("options")::add);
  }
}
