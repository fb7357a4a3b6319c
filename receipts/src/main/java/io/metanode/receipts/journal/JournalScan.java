package io.metanode.receipts.journal;

import io.metanode.receipts.DamagedLogException;
import io.metanode.receipts.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads a journal's segments in order and holds them against each other. An interrupted write can
 * only stand after all that is durable; anything else is damage.
 *
 * @param groups the groups of all segments
 * @param segments the numbers of the segments, in order
 * @param active where in {@code segments} the last one that holds a group stands; 0 if none does
 * @param end where the groups of that segment end
 * @param torn whether bytes of an interrupted write follow
 */
public record JournalScan(
    List<Group> groups, List<Long> segments, int active, int end, boolean torn) {

  private static final String SUFFIX = ".journal";

  public JournalScan {
    groups = List.copyOf(groups);
    segments = List.copyOf(segments);
  }

  static String name(long segment) {
    return "%010d%s".formatted(segment, SUFFIX);
  }

  /** The file of the segment in which the groups end, as it stands under the log's directory. */
  public String activeFile() {
    return segments.isEmpty() ? "journal" : "journal/" + name(segments.get(active));
  }

  /** The index of the first entry, if there is one. */
  public OptionalLong first() {
    return groups.isEmpty() ? OptionalLong.empty() : OptionalLong.of(groups.getFirst().first());
  }

  /**
   * Reads the journal in {@code directory}.
   *
   * @throws DamagedLogException if something durable was altered, naming file and place
   */
  public static JournalScan of(Disk disk, Path directory) throws IOException {
    List<Long> segments = segments(disk, directory);
    List<Group> groups = new ArrayList<>();
    int active = 0;
    int end = 0;
    String torn = "";
    for (int i = 0; i < segments.size(); i++) {
      String name = name(segments.get(i));
      SegmentScan scan = SegmentScan.of(disk.read(directory.resolve(name)));
      if (scan.stray().isPresent()) {
        throw new DamagedLogException(
            "journal/%s: damaged at byte %d: entry %d was durable before the entry %d that follows"
                .formatted(name, scan.end(), next(groups), scan.stray().get().first()));
      }
      if (!scan.groups().isEmpty() || scan.dirt().isPresent()) {
        if (!torn.isEmpty()) {
          throw new DamagedLogException(torn + "; journal/" + name + " follows it");
        }
        active = i;
        end = scan.end();
      }
      append(groups, scan.groups(), name);
      if (scan.dirt().isPresent()) {
        torn = "journal/%s: damaged at byte %d".formatted(name, scan.dirt().getAsInt());
      }
    }
    return new JournalScan(groups, segments, active, end, !torn.isEmpty());
  }

  private static long next(List<Group> groups) {
    return groups.isEmpty() ? 0 : groups.getLast().next();
  }

  private static void append(List<Group> groups, List<Group> more, String name)
      throws DamagedLogException {
    for (Group group : more) {
      if (!groups.isEmpty() && group.first() != next(groups)) {
        throw new DamagedLogException(
            "journal/%s: entry %d follows entry %d: entries are missing"
                .formatted(name, group.first(), next(groups) - 1));
      }
      groups.add(group);
    }
  }

  private static List<Long> segments(Disk disk, Path directory) throws IOException {
    List<Long> segments = new ArrayList<>();
    for (String file : disk.list(directory)) {
      if (file.endsWith(SUFFIX)) {
        try {
          segments.add(Long.parseLong(file.substring(0, file.length() - SUFFIX.length())));
        } catch (NumberFormatException e) {
          throw new DamagedLogException("journal/" + file + ": not a segment of this journal");
        }
      }
    }
    return segments;
  }
}
