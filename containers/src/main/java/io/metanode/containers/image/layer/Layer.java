package io.metanode.containers.image.layer;

import io.metanode.foundation.Digest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An unpacked layer.
 *
 * @param parent the chain id of the layer below; empty for the lowest
 * @param chainId names it together with the layers below it
 * @param diffId the digest of its uncompressed archive
 * @param sizeBytes the lengths of its files
 * @param root its files
 */
public record Layer(
    Optional<Digest> parent, Digest chainId, Digest diffId, long sizeBytes, Path root) {}
