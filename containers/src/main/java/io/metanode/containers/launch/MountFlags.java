package io.metanode.containers.launch;

import static java.util.Map.entry;

import io.metanode.containers.sys.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Mount options as mount(2) takes them.
 *
 * @param flags MS_ bits
 * @param propagation MS_ bits of a call of its own; 0 for none
 * @param data what is left for the file system, comma-separated
 */
record MountFlags(long flags, long propagation, String data) {

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

  private static final Map<String, Long> PROPAGATIONS =
      Map.of(
          "private",
          Constants.MS_PRIVATE,
          "rprivate",
          Constants.MS_PRIVATE | Constants.MS_REC,
          "slave",
          Constants.MS_SLAVE,
          "rslave",
          Constants.MS_SLAVE | Constants.MS_REC);

  private static final List<String> DATA = List.of("newinstance");

  static MountFlags of(List<String> options) throws OutsideLauncherException {
    long flags = 0;
    long propagation = 0;
    List<String> data = new ArrayList<>();
    for (String option : options) {
      if (PROPAGATIONS.containsKey(option) && propagation == 0) {
        propagation = PROPAGATIONS.get(option);
      } else if (SET.containsKey(option)) {
        flags |= SET.get(option);
      } else if (CLEARED.containsKey(option)) {
        flags &= ~CLEARED.get(option);
      } else if (DATA.contains(option) || (option.indexOf('=') > 0 && option.indexOf(',') < 0)) {
        data.add(option);
      } else {
        throw new OutsideLauncherException("the mount option " + option);
      }
    }
    return new MountFlags(flags, propagation, String.join(",", data));
  }

  boolean has(long flag) {
    return (flags & flag) != 0;
  }
}
