package io.metanode.containers.image;

import io.metanode.foundation.Digest;
import java.time.Instant;
import java.util.List;

/**
 * An image in the store.
 *
 * @param id the digest of its configuration blob
 * @param references the names that point at it, {@code repository:tag}, sorted
 * @param config what containers inherit
 * @param layers the digests of its uncompressed layers, lowest first
 * @param created when it was made, as its configuration says
 * @param sizeBytes the size of its unpacked layers
 * @param architecture for example {@code amd64}
 * @param os for example {@code linux}
 */
public record Image(
    Digest id,
    List<String> references,
    ImageConfig config,
    List<Digest> layers,
    Instant created,
    long sizeBytes,
    String architecture,
    String os) {}
