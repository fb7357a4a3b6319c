package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Digest;
import io.metanode.foundation.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
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
 * Which images there are and what they are called: a file a record, and {@code references.json},
 * each replaced atomically before memory changes.
 */
final class ImageCatalog {

  private static final System.Logger LOG = System.getLogger(ImageCatalog.class.getName());
  private static final String JSON = ".json";

  private final Path records;
  private final Path referencesFile;
  private final Map<Digest, ImageRecord> images = new TreeMap<>();
  private SortedMap<String, Digest> references = new TreeMap<>();
  private final Map<Digest, ImageRecord> unsaved = new TreeMap<>();
  private volatile long changes;

  private ImageCatalog(Path images) {
    this.records = images.resolve("records");
    this.referencesFile = images.resolve("references.json");
  }

  static ImageCatalog open(Path images) throws IOException {
    ImageCatalog catalog = new ImageCatalog(images);
    Files.createDirectories(catalog.records);
    try (Stream<Path> files = Files.list(catalog.records)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        catalog.readRecord(file);
      }
    }
    catalog.readReferences();
    return catalog;
  }

  private void readRecord(Path file) throws IOException {
    if (!file.toString().endsWith(JSON)) {
      Files.delete(file);
      return;
    }
    Optional<ImageRecord> record = Optional.empty();
    try {
      record = ImageRecord.fromJson(JsonFields.MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JacksonException e) {
      LOG.log(System.Logger.Level.WARNING, "unreadable image record {0}: {1}", file, e.toString());
    }
    record.ifPresent(image -> images.put(image.id(), image));
  }

  private void readReferences() throws IOException {
    if (!Files.exists(referencesFile)) {
      return;
    }
    JsonNode json;
    try {
      json = JsonFields.MAPPER.readTree(Files.readAllBytes(referencesFile));
    } catch (JacksonException e) {
      throw new IOException(
          referencesFile + " is damaged; restore it, or remove it to lose only the names", e);
    }
    JsonFields.map(json, "references")
        .forEach(
            (name, id) ->
                Digest.parse(id)
                    .filter(images::containsKey)
                    .ifPresent(digest -> references.put(name, digest)));
  }

  /** Grows with every change, so that what was derived can be kept until then. */
  long changes() {
    return changes;
  }

  synchronized List<ImageRecord> records() {
    return List.copyOf(images.values());
  }

  synchronized Optional<ImageRecord> record(Digest id) {
    return Optional.ofNullable(images.get(id));
  }

  /** The image a name stands for. */
  synchronized Optional<Digest> find(ImageReference reference) {
    return Optional.ofNullable(references.get(reference.toString()));
  }

  /** The names of an image, sorted. */
  synchronized List<ImageReference> references(Digest id) {
    return parse(
        references.entrySet().stream()
            .filter(entry -> entry.getValue().equals(id))
            .map(Map.Entry::getKey)
            .toList());
  }

  /** The names in a repository, sorted. */
  synchronized List<ImageReference> inRepository(String name) {
    return parse(
        references.keySet().stream()
            .filter(key -> key.startsWith(name + ":") || key.startsWith(name + "@"))
            .toList());
  }

  private static List<ImageReference> parse(Collection<String> names) {
    return names.stream().flatMap(name -> parsed(name).stream()).toList();
  }

  private static Optional<ImageReference> parsed(String name) {
    try {
      return Optional.of(ImageReference.parse(name));
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.WARNING, "ignored name {0}: {1}", name, e.getMessage());
      return Optional.empty();
    }
  }

  synchronized void put(ImageRecord record) throws IOException {
    DurableFiles.replace(file(record.id()), JsonFields.MAPPER.writeValueAsBytes(record.toJson()));
    images.put(record.id(), record);
    changed();
  }

  /** Adds a record to memory alone, until {@link #save}. */
  synchronized void hold(ImageRecord record) {
    images.put(record.id(), record);
    unsaved.put(record.id(), record);
    changed();
  }

  /** The records in memory alone. */
  synchronized List<ImageRecord> unsaved() {
    return List.copyOf(unsaved.values());
  }

  /** Writes records that were in memory alone; durable once the file system is synced. */
  synchronized void save(List<ImageRecord> due) throws IOException {
    for (ImageRecord record : due) {
      if (record.equals(unsaved.get(record.id()))) {
        Path temporary = records.resolve(record.id().hex() + ".new");
        Files.write(temporary, JsonFields.MAPPER.writeValueAsBytes(record.toJson()));
        Files.move(temporary, file(record.id()), StandardCopyOption.ATOMIC_MOVE);
        unsaved.remove(record.id());
      }
    }
  }

  synchronized void remove(Digest id) throws IOException {
    unsaved.remove(id);
    Files.deleteIfExists(file(id));
    DurableFiles.syncEntry(file(id));
    images.remove(id);
    changed();
  }

  /** Gives a name to an image; returns the image that had it before. */
  synchronized Optional<Digest> tag(ImageReference reference, Digest id) throws IOException {
    SortedMap<String, Digest> changed = new TreeMap<>(references);
    Digest before = changed.put(reference.toString(), id);
    write(changed);
    return Optional.ofNullable(before);
  }

  /** Takes names away. */
  synchronized void untag(Collection<ImageReference> names) throws IOException {
    SortedMap<String, Digest> changed = new TreeMap<>(references);
    names.forEach(name -> changed.remove(name.toString()));
    write(changed);
  }

  private void write(SortedMap<String, Digest> changed) throws IOException {
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    ObjectNode names = json.putObject("references");
    changed.forEach((name, id) -> names.put(name, id.toString()));
    DurableFiles.replace(referencesFile, JsonFields.MAPPER.writeValueAsBytes(json));
    references = changed;
    changed();
  }

  private synchronized void changed() {
    changes = changes + 1;
  }

  private Path file(Digest id) {
    return records.resolve(id.hex() + JSON);
  }
}
