package io.metanode.containers.image.overlay;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts overlays. {@code mount(2)} takes one page of options, and overlayfs gives {@code :} and
 * {@code ,} a meaning; where the paths are too long or hold those, directories are named by open
 * descriptors, {@code /proc/self/fd/<n>}, which fits 127 layers whatever the paths.
 */
final class OverlayMount {

  private static final int MOST_OPTION_BYTES = 4000;

  /** Off, so that nothing in a layer can point the kernel elsewhere, and layers can be shared. */
  private static final String SAFE = "index=off,redirect_dir=off,metacopy=off";

  private final Syscalls syscalls;

  OverlayMount(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * @param lowers the layers, highest first
   * @param discardable whether the kernel may spare syncing
   */
  void mount(List<Path> lowers, Path upper, Path work, Path target, boolean discardable)
      throws IOException {
    List<Path> paths = new ArrayList<>(lowers);
    paths.add(upper);
    paths.add(work);
    List<String> names = paths.stream().map(Path::toString).toList();
    String plain = options(names, discardable);
    boolean special = names.stream().anyMatch(OverlayMount::isSpecial);
    if (!special && plain.getBytes(StandardCharsets.UTF_8).length <= MOST_OPTION_BYTES) {
      mount(target, plain);
    } else {
      mountByDescriptors(paths, target, discardable);
    }
  }

  private static boolean isSpecial(String name) {
    return name.indexOf(':') >= 0 || name.indexOf(',') >= 0 || name.indexOf('\\') >= 0;
  }

  private void mountByDescriptors(List<Path> paths, Path target, boolean discardable)
      throws IOException {
    List<Integer> open = new ArrayList<>();
    try {
      for (Path path : paths) {
        open.add(syscalls.open(path, Constants.O_PATH | Constants.O_DIRECTORY, 0));
      }
      mount(target, options(open.stream().map(fd -> "/proc/self/fd/" + fd).toList(), discardable));
    } finally {
      open.forEach(syscalls::close);
    }
  }

  private static String options(List<String> names, boolean discardable) {
    int lowers = names.size() - 2;
    return SAFE
        + (discardable ? ",volatile" : "")
        + ",upperdir="
        + names.get(lowers)
        + ",workdir="
        + names.get(lowers + 1)
        + ",lowerdir="
        + String.join(":", names.subList(0, lowers));
  }

  private void mount(Path target, String options) throws IOException {
    syscalls.mount("overlay", target.toString(), "overlay", 0, options);
    syscalls.mount(null, target.toString(), null, Constants.MS_PRIVATE, null);
  }
}
