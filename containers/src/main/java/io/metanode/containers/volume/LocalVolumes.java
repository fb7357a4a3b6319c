package io.metanode.containers.volume;

import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes under {@code <home>/volumes/<name>}: {@code volume.json} and the files in {@code _data}.
 * A volume appears and disappears by one rename; names with a leading dot are work in progress,
 * removed at the next start.
 */
public final class LocalVolumes {

  private static final String RECORD = "volume.json";
  private static final String DATA = "_data";
  private static final String WORK = ".";

  private final Path directory;
  private final Syscalls syscalls;
  private final Clock clock;
  private final SortedMap<String, Volume> volumes = new TreeMap<>();
  private long sequence;

  private LocalVolumes(Path directory, Syscalls syscalls, Clock clock) {
    this.directory = directory;
    this.syscalls = syscalls;
    this.clock = clock;
  }

  public static LocalVolumes open(Path home, Syscalls syscalls, Clock clock) throws IOException {
    Path directory = Files.createDirectories(home.resolve("volumes")).toRealPath();
    LocalVolumes volumes = new LocalVolumes(directory, syscalls, clock);
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        String name = child.getFileName().toString();
        if (name.startsWith(WORK)) {
          DurableFiles.removeTree(child);
        } else {
          volumes.read(name).ifPresent(volume -> volumes.volumes.put(name, volume));
        }
      }
    }
    return volumes;
  }

  private Optional<Volume> read(String name) throws IOException {
    Path record = directory.resolve(name).resolve(RECORD);
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(record);
    try {
      JsonNode json = JsonFields.MAPPER.readTree(bytes);
      Instant created = Instant.parse(JsonFields.text(json, "created"));
      return Optional.of(
          volume(
              name,
              created,
              JsonFields.map(json, "labels"),
              JsonFields.map(json, "options"),
              bytes));
    } catch (JacksonException | DateTimeException e) {
      System.getLogger(LocalVolumes.class.getName())
          .log(System.Logger.Level.WARNING, "unreadable volume record {0}", record);
      return Optional.empty();
    }
  }

  private Volume volume(
      String name,
      Instant created,
      Map<String, String> labels,
      Map<String, String> options,
      byte[] record) {
    Path data = directory.resolve(name).resolve(DATA);
    return new Volume(name, data, created, labels, options, Sha256.of(record));
  }

  public synchronized Optional<Volume> find(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  /** All volumes, by name. */
  public synchronized List<Volume> all() {
    return List.copyOf(volumes.values());
  }

  /** Makes a volume whose name is valid, or returns the one there is. */
  synchronized Volume create(String name, Map<String, String> labels, Map<String, String> options)
      throws IOException {
    Volume present = volumes.get(name);
    if (present != null) {
      return present;
    }
    Instant created = clock.now().truncatedTo(ChronoUnit.SECONDS);
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    json.put("name", name);
    json.put("created", created.toString());
    ObjectNode labelFields = json.putObject("labels");
    new TreeMap<>(labels).forEach(labelFields::put);
    if (!options.isEmpty()) {
      ObjectNode optionFields = json.putObject("options");
      new TreeMap<>(options).forEach(optionFields::put);
    }
    byte[] record = JsonFields.MAPPER.writeValueAsBytes(json);
    Path work = directory.resolve(WORK + "new-" + ++sequence);
    try {
      Path data = Files.createDirectories(work.resolve(DATA));
      syscalls.changeMode(data, 0755);
      DurableFiles.replace(work.resolve(RECORD), record);
      Files.move(work, directory.resolve(name));
      DurableFiles.syncEntry(work);
    } catch (IOException e) {
      DurableFiles.removeTree(work);
      throw e;
    }
    Volume volume = volume(name, created, labels, options, record);
    volumes.put(name, volume);
    return volume;
  }

  /** Makes a volume's files be there. */
  synchronized void ready(Volume volume) throws IOException {
    new VolumeMount(syscalls).mount(volume);
  }

  /**
   * Removes a volume and its files; what it only mounted stays. One whose files somebody removed is
   * forgotten.
   */
  void remove(Volume volume) throws IOException {
    Path work;
    synchronized (this) {
      if (!Files.exists(directory.resolve(volume.name()), LinkOption.NOFOLLOW_LINKS)) {
        volumes.remove(volume.name());
        return;
      }
      new VolumeMount(syscalls).unmount(volume);
      work = directory.resolve(WORK + "old-" + ++sequence);
      Files.move(directory.resolve(volume.name()), work);
      DurableFiles.syncEntry(work);
      volumes.remove(volume.name());
    }
    DurableFiles.removeTree(work);
  }
}
