package io.metanode.containers.volume;

import io.metanode.foundation.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A named directory that outlives containers.
 *
 * @param name its name, or 64 hexadecimal digits for an anonymous one
 * @param data where its files lie
 * @param created when it was made
 * @param labels what its maker attached
 * @param options what its files are instead of a directory: {@code type}, {@code device}, {@code o}
 * @param record the digest of its record on disk
 */
public record Volume(
    String name,
    Path data,
    Instant created,
    Map<String, String> labels,
    Map<String, String> options,
    Digest record) {

  /** The label of a volume that was made for one container, without a name. */
  public static final String ANONYMOUS = "com.docker.volume.anonymous";

  public Volume {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }

  public boolean anonymous() {
    return labels.containsKey(ANONYMOUS);
  }
}
