package io.metanode.receipts.verify;

import io.metanode.receipts.tile.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of all files under a log's directory. */
record LogListing(Set<String> names) {

  private static final Set<String> TOP = Set.of("checkpoint", "keys", "log.vkey", "lock");
  private static final Pattern JOURNAL = Pattern.compile("journal/[0-9]{10}\\.journal");
  private static final Pattern TILE =
      Pattern.compile(
          "tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

  static LogListing of(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return new LogListing(
          files
              .filter(Files::isRegularFile)
              .map(file -> directory.relativize(file).toString())
              .filter(name -> !name.startsWith("unfinished/"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** The tile, or the full one in its place. */
  Optional<TilePath> find(TilePath path) {
    return Stream.of(path, path.full()).filter(p -> names.contains(p.toString())).findFirst();
  }

  /** The narrower forms of a partial tile, of earlier checkpoints. */
  List<TilePath> narrower(TilePath path) {
    return IntStream.range(1, path.width())
        .mapToObj(width -> new TilePath(path.kind(), path.index(), width))
        .filter(narrower -> names.contains(narrower.toString()))
        .toList();
  }

  /** Files that no log of this size has. */
  List<Finding> unexpected(long size) {
    List<Finding> findings = new ArrayList<>();
    for (String name : names) {
      if (!TOP.contains(name) && !JOURNAL.matcher(name).matches() && !belongs(name, size)) {
        findings.add(new Finding(name, "no file of this log"));
      }
    }
    return findings;
  }

  /** Whether a tile may exist: within the tree, or a bundle newer than the checkpoint. */
  private boolean belongs(String name, long size) {
    Matcher tile = TILE.matcher(name);
    if (!tile.matches()) {
      return false;
    }
    int level = tile.group(1).equals("entries") ? 0 : Integer.parseInt(tile.group(1));
    long index = Long.parseLong(tile.group(2).replaceAll("[x/]", ""));
    long nodes = level < 8 ? size >> (8 * level) : 0;
    if (tile.group(3) == null) {
      return (index + 1) * TilePath.FULL <= nodes;
    }
    int width = Integer.parseInt(tile.group(3));
    return width > 0
        && width < TilePath.FULL
        && index * TilePath.FULL + width <= nodes
        && !names.contains(name.substring(0, name.indexOf(".p/")));
  }
}
