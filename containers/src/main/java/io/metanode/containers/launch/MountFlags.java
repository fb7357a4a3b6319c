package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.MountOptions;
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
    MountOptions known = MountOptions.of(options);
    long propagation = 0;
    List<String> data = new ArrayList<>();
    for (String option : known.rest()) {
      if (PROPAGATIONS.containsKey(option) && propagation == 0) {
        propagation = PROPAGATIONS.get(option);
      } else if (DATA.contains(option) || (option.indexOf('=') > 0 && option.indexOf(',') < 0)) {
        data.add(option);
      } else {
        throw new OutsideLauncherException("the mount option " + option);
      }
    }
    return new MountFlags(known.flags(), propagation, String.join(",", data));
  }

  boolean has(long flag) {
    return (flags & flag) != 0;
  }
}
