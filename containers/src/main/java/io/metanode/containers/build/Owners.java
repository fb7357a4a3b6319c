package io.metanode.containers.build;

import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.spec.UserIds;
import io.metanode.containers.spec.UserLookup;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Who {@code --chown} names, by the user and group files of the image that is copied into. */
record Owners(Destination destination, Scratch scratch, Syscalls syscalls) {

  private static final int MOST_BYTES = 1 << 20;

  Destination.Look look(String owner, OptionalInt mode) throws ApiException, IOException {
    if (owner.isEmpty()) {
      return new Destination.Look(0, 0, mode, false);
    }
    String[] parts = owner.split(":", 2);
    // As Docker: without a group it is the one named, or numbered, as the user.
    String both = parts[0] + ":" + (parts.length > 1 ? parts[1] : parts[0]);
    Path root = Files.createDirectories(scratch.next());
    Files.createDirectory(root.resolve("etc"));
    take("etc/passwd", root);
    take("etc/group", root);
    try {
      UserIds ids = new UserLookup(syscalls, root).resolve(both, List.of()).ids();
      return new Destination.Look(ids.uid(), ids.gid(), mode, false);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(
          "unable to convert uid/gid chown string to host mapping: " + e.getMessage());
    }
  }

  private void take(String path, Path root) throws IOException {
    Optional<SourceFile> file = destination.find(destination.resolve(path));
    if (file.isPresent() && file.get().isFile() && file.get().size() <= MOST_BYTES) {
      Files.copy(file.get().file(), root.resolve(path));
    }
  }
}
