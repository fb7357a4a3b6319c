package io.metanode.containers.sys;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Mount options of every file system, as mount(8) names them.
 *
 * @param flags MS_ bits as mount(2) takes them; a later word undoes an earlier one
 * @param rest the words that are none of these, in their order
 */
public record MountOptions(long flags, List<String> rest) {

  private static final Map<String, Long> SET =
      Map.ofEntries(
          entry("ro", Constants.MS_RDONLY),
          entry("nosuid", Constants.MS_NOSUID),
          entry("nodev", Constants.MS_NODEV),
          entry("noexec", Constants.MS_NOEXEC),
          entry("noatime", Constants.MS_NOATIME),
          entry("relatime", Constants.MS_RELATIME),
          entry("strictatime", Constants.MS_STRICTATIME),
          entry("bind", Constants.MS_BIND),
          entry("rbind", Constants.MS_BIND | Constants.MS_REC));

  private static final Map<String, Long> CLEARED =
      Map.of(
          "rw", Constants.MS_RDONLY,
          "suid", Constants.MS_NOSUID,
          "dev", Constants.MS_NODEV,
          "exec", Constants.MS_NOEXEC,
          "defaults", 0L);

  public MountOptions {
    rest = List.copyOf(rest);
  }

  public static MountOptions of(List<String> words) {
    long flags = 0;
    List<String> rest = new ArrayList<>();
    for (String word : words) {
      if (SET.containsKey(word)) {
        flags |= SET.get(word);
      } else if (CLEARED.containsKey(word)) {
        flags &= ~CLEARED.get(word);
      } else {
        rest.add(word);
      }
    }
    return new MountOptions(flags, rest);
  }
}
