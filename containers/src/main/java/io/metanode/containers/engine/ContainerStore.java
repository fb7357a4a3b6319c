package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.network.NameFiles;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The containers on disk: {@code containers/<id>/} with {@code config.json}, {@code state.json},
 * the log, the name files and the OCI bundle.
 */
final class ContainerStore implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String CONFIG = "config.json";
  private static final String STATE = "state.json";

  /** There once a client changed a container's limits or restart policy: its whole HostConfig. */
  private static final String UPDATE = "update.json";

  /** A state file is written anew once it is longer, in bytes. */
  private static final int MOST_HISTORY = 64 * 1024;

  private final Path root;
  private final ReadyDirectories directories;

  /**
   * @param spareTime where directories are made ahead
   */
  ContainerStore(Path home, Executor spareTime) throws IOException {
    root = Files.createDirectories(home.resolve("containers"));
    directories = ReadyDirectories.in(root, ContainerStore::makeFiles, spareTime);
  }

  /** All is empty; a container comes to be with its first state, its name files as it starts. */
  private static void makeFiles(Path directory) throws IOException {
    Files.createFile(directory.resolve(CONFIG));
    Files.createFile(directory.resolve(STATE));
    for (String each : NameFiles.NAMES) {
      Files.createFile(ReadyDirectories.ahead(directory.resolve(each)));
    }
    Files.createFile(Files.createDirectory(directory.resolve("bundle")).resolve("config.json"));
  }

  Path directory(String id) {
    return root.resolve(id);
  }

  /** Writes a new container's files; they survive a crash of the engine, not yet of the machine. */
  void create(Definition definition, State state) throws IOException {
    Path directory = directory(definition.id());
    directories.take(directory);
    Files.write(directory.resolve(CONFIG), definition.bytes());
    save(definition.id(), state);
  }

  /** Makes what was written of a container survive a crash of the machine. */
  void sync(String id) throws IOException {
    Path directory = directory(id);
    force(directory.resolve(CONFIG), true);
    force(directory.resolve(STATE), true);
    force(directory, false);
    force(root, false);
  }

  /** Keeps the limits and the restart policy that a client changed; survives a machine crash. */
  void saveUpdate(Definition updated) throws IOException {
    DurableFiles.replace(
        directory(updated.id()).resolve(UPDATE), CanonicalJson.bytes(updated.hostConfig().json()));
  }

  /** Whether a client changed its limits or its restart policy. */
  boolean updated(String id) {
    return Files.exists(directory(id).resolve(UPDATE));
  }

  /**
   * Adds the state to the state file as a line; a reader takes the last whole one. No file is made
   * for it, unless the last line is torn or the file has become long: then it is replaced at once.
   */
  void save(String id, State state) throws IOException {
    Path file = directory(id).resolve(STATE);
    byte[] line =
        (MAPPER.writeValueAsString(StateFile.json(state)) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      if (end + line.length <= MOST_HISTORY && (end == 0 || endsLine(channel, end))) {
        write(channel, end, line);
        return;
      }
    }
    Path fresh = file.resolveSibling(STATE + ".new");
    Files.write(fresh, line);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean endsLine(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
  }

  private static void write(FileChannel channel, long at, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, at + rest.position());
    }
  }

  /** The last whole line; all of a file of before, which has none. */
  private static String lastState(Path file) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n');
    return end < 0 ? text : text.substring(text.lastIndexOf('\n', end - 1) + 1, end);
  }

  /** A container as found on disk. */
  record Stored(Definition definition, State state) {}

  /** What {@link #load} found; {@code broken} directories hold no readable container. */
  record Loaded(List<Stored> containers, List<String> broken) {}

  Loaded load() throws IOException {
    List<Stored> containers = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try (var found = Files.newDirectoryStream(root)) {
      for (Path directory : found) {
        if (ReadyDirectories.isReady(directory)) {
          continue;
        }
        Stored stored = read(directory);
        if (stored == null) {
          broken.add(directory.getFileName().toString());
        } else {
          containers.add(stored);
        }
      }
    }
    return new Loaded(containers, broken);
  }

  private static @Nullable Stored read(Path directory) throws IOException {
    try {
      byte[] config = Files.readAllBytes(directory.resolve(CONFIG));
      String state = lastState(directory.resolve(STATE));
      Definition made = Definition.read(config, MAPPER.readTree(config));
      JsonNode kept = MAPPER.readTree(state);
      State known = StateFile.read(kept);
      if (!kept.has("links")) {
        known = known.withLinks(ContainerLink.asked(made.hostConfig()));
      }
      Path update = directory.resolve(UPDATE);
      if (!Files.exists(update)) {
        return new Stored(made, known);
      }
      ObjectNode json = (ObjectNode) MAPPER.readTree(Files.readAllBytes(update));
      HostConfig changed = new HostConfig(json);
      return new Stored(made.updated(changed), known.withRestartPolicy(changed.restartPolicy()));
    } catch (NoSuchFileException
        | JacksonException
        | IllegalArgumentException
        | java.time.DateTimeException
        | java.util.NoSuchElementException
        | ClassCastException e) {
      return null;
    }
  }

  /** Removes a container's files; none of them may be a mount point any more. */
  void delete(String id) throws IOException {
    deleteTree(directory(id));
  }

  static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void force(Path path, boolean file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, file ? StandardOpenOption.WRITE : StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    directories.close();
  }
}
