package io.metanode.containers.build;

import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the mounts of one step need while it runs. Closing it lets go of them. */
final class StepMounts implements AutoCloseable {

  private static final int DIRECTORY_MODE = 0755;
  private static final int SECRET_MODE = 0400;
  private static final int AGENT_MODE = 0600;

  private final List<ObjectNode> mounted = new ArrayList<>();
  private final List<CacheMounts.Use> caches = new ArrayList<>();
  private final List<AgentSocket> agents = new ArrayList<>();
  private final List<Path> made = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final String workingDirectory;

  /**
   * What mounts are made of.
   *
   * @param secrets a directory of this engine's alone, in memory where the host has such
   */
  record Parts(CacheMounts caches, BuildPeer peer, Path secrets, Syscalls syscalls) {}

  private StepMounts(String workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  /** Something that is mounted from a tree; {@code source} is what the flag names in it. */
  record Bound(RunMount mount, Sources source) {}

  /**
   * Makes everything ready.
   *
   * @param image that the step begins with
   */
  static StepMounts prepare(
      SourceTree image,
      List<RunMount> mounts,
      List<Bound> bound,
      String workingDirectory,
      Parts parts,
      Scratch scratch)
      throws ApiException, DockerfileException, IOException {
    StepMounts ready = new StepMounts(workingDirectory);
    boolean whole = false;
    try {
      for (RunMount mount : mounts) {
        switch (mount.type()) {
          case CACHE -> ready.cache(mount, parts.caches());
          case SECRET -> ready.secret(mount, parts);
          case SSH -> ready.agent(mount, parts);
          case TMPFS -> ready.tmpfs(mount);
          case BIND -> {} // below
        }
      }
      for (Bound one : bound) {
        ready.bind(one, parts.syscalls(), scratch);
      }
      ready.findMissing(image, mounts);
      whole = true;
      return ready;
    } finally {
      if (!whole) {
        ready.close();
      }
    }
  }

  private void cache(RunMount mount, CacheMounts mounts) throws DockerfileException, IOException {
    boolean alone =
        switch (mount.option("sharing")) {
          case "", "shared" -> false;
          case "private", "locked" -> true;
          default ->
              throw new DockerfileException(
                  "unsupported sharing \"" + mount.option("sharing") + "\"");
        };
    CacheMounts.Use use =
        mounts.use(
            mount.id(),
            alone,
            mount.number("mode", 8, DIRECTORY_MODE),
            mount.number("uid", 10, 0),
            mount.number("gid", 10, 0));
    caches.add(use);
    bind(use.data(), mount, mount.isSet("readonly", false));
  }

  private ObjectNode mount(RunMount mount, String type) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    mounted.add(json);
    return json.put("Type", type).put("Target", mount.target(workingDirectory));
  }

  private void bind(Path from, RunMount mount, boolean readOnly) {
    var _ = mount(mount, "bind").put("Source", from.toString()).put("ReadOnly", readOnly);
  }

  private void tmpfs(RunMount mount) throws DockerfileException {
    ObjectNode json = mount(mount, "tmpfs");
    if (!mount.option("size").isEmpty()) {
      json.putObject("TmpfsOptions").put("SizeBytes", mount.number("size", 10, 0));
    }
  }

  private void secret(RunMount mount, Parts parts)
      throws ApiException, DockerfileException, IOException {
    Optional<byte[]> secret = parts.peer().secret(mount.id());
    if (secret.isEmpty()) {
      if (mount.isSet("required", false)) {
        throw ApiException.badRequest(
            "secret " + mount.id() + ": not found: name it with --secret id=" + mount.id());
      }
      return;
    }
    Path file =
        Files.createTempFile(
            parts.secrets(),
            "secret-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    made.add(file);
    Files.write(file, secret.get());
    give(file, mount, SECRET_MODE, parts.syscalls());
  }

  private void agent(RunMount mount, Parts parts)
      throws ApiException, DockerfileException, IOException {
    if (!parts.peer().hasAgent(mount.id())) {
      if (mount.isSet("required", false)) {
        throw ApiException.badRequest(
            "no SSH key \"%s\" forwarded from the client: name it with --ssh %s"
                .formatted(mount.id(), mount.id()));
      }
      return;
    }
    AgentSocket agent = AgentSocket.open(parts.peer(), mount.id(), parts.secrets());
    agents.add(agent);
    give(agent.path(), mount, AGENT_MODE, parts.syscalls());
  }

  private void give(Path file, RunMount mount, int mode, Syscalls syscalls)
      throws DockerfileException, IOException {
    syscalls.changeOwner(file, mount.number("uid", 10, 0), mount.number("gid", 10, 0));
    syscalls.changeMode(file, mount.number("mode", 8, mode) & 0777);
    bind(file, mount, true);
  }

  private void bind(Bound one, Syscalls syscalls, Scratch scratch)
      throws ApiException, IOException {
    boolean readOnly = one.mount().isSet("readonly", true);
    Path copy = Files.createDirectory(scratch.next());
    made.add(copy);
    SourceTree tree = readOnly ? one.source().tree() : new Shared(one.source().tree());
    Destination destination = new Destination(copy, syscalls);
    Destination.Look look = new Destination.Look(0, 0, OptionalInt.empty(), true);
    SourceFile source = one.source().file();
    if (source.isDirectory()) {
      destination.copyContents(tree, source, "", look);
      bind(copy, one.mount(), readOnly);
    } else {
      destination.copy(tree, source, "file", look);
      bind(copy.resolve("file"), one.mount(), readOnly);
    }
  }

  /** A tree whose files are copied rather than linked: the step may write to them. */
  private record Shared(SourceTree tree) implements SourceTree {

    @Override
    public Optional<SourceFile> find(String path) throws IOException {
      return tree.find(path);
    }

    @Override
    public List<String> children(String path) throws IOException {
      return tree.children(path);
    }

    @Override
    public boolean isOwn() {
      return false;
    }
  }

  /** Remembers what of the paths to them the image does not have: it is made to mount them. */
  private void findMissing(SourceTree image, List<RunMount> mounts) throws IOException {
    for (RunMount mount : mounts) {
      String path = image.resolve(mount.target(workingDirectory));
      for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
        String part = path.substring(0, end);
        if (image.find(part).isEmpty()) {
          missing.add(part);
        }
      }
    }
  }

  /** Removes what was made to mount them from a layer, unless the step put something there. */
  void removeMountPoints(Path layer) throws IOException {
    List<String> deepestFirst = new ArrayList<>(missing);
    deepestFirst.sort(Comparator.comparingInt(String::length).reversed());
    for (String path : deepestFirst) {
      Path made = layer.resolve(path);
      boolean isEmpty =
          Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS)
              ? Files.size(made) == 0
              : Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS) && isEmpty(made);
      if (isEmpty) {
        Files.delete(made);
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      return !children.iterator().hasNext();
    }
  }

  /** Adds them to a container's configuration. */
  void addTo(ObjectNode host) {
    mounted.forEach(host.withArray("Mounts")::add);
  }

  @Override
  public void close() throws IOException {
    caches.forEach(CacheMounts.Use::close);
    for (AgentSocket agent : agents) {
      agent.close();
    }
    for (Path path : made) {
      DurableFiles.removeTree(path);
    }
  }
}
