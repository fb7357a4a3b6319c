package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The containers on disk: {@code containers/<id>/} with {@code config.json}, {@code state.json},
 * the log, the name files and the OCI bundle.
 */
final class ContainerStore {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** There once a client changed a container's limits or restart policy: its whole HostConfig. */
  private static final String UPDATE = "update.json";

  private final Path root;

  ContainerStore(Path home) throws IOException {
    root = Files.createDirectories(home.resolve("containers"));
  }

  Path directory(String id) {
    return root.resolve(id);
  }

  /** Writes a new container's files; they survive a crash of the engine, not yet of the machine. */
  void create(Definition definition, State state) throws IOException {
    Path directory = Files.createDirectory(directory(definition.id()));
    Files.write(directory.resolve("config.json"), definition.bytes());
    save(definition.id(), state);
  }

  /** Makes what was written of a container survive a crash of the machine. */
  void sync(String id) throws IOException {
    Path directory = directory(id);
    force(directory.resolve("config.json"), true);
    force(directory.resolve("state.json"), true);
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

  /** Replaces the state file at once: a reader finds the old or the new one, never a mixture. */
  void save(String id, State state) throws IOException {
    Path file = directory(id).resolve("state.json");
    Path temporary = file.resolveSibling("state.json.new");
    byte[] bytes =
        MAPPER.writeValueAsString(StateFile.json(state)).getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A container as found on disk. */
  record Stored(Definition definition, State state) {}

  /** What {@link #load} found; {@code broken} directories hold no readable container. */
  record Loaded(List<Stored> containers, List<String> broken) {}

  Loaded load() throws IOException {
    List<Stored> containers = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try (var directories = Files.newDirectoryStream(root)) {
      for (Path directory : directories) {
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
      byte[] config = Files.readAllBytes(directory.resolve("config.json"));
      byte[] state = Files.readAllBytes(directory.resolve("state.json"));
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
}
