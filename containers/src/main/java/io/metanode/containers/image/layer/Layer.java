package io.metanode.containers.image.layer;

import io.metanode.foundation.Digest;
import java.nio.file.Path;

/**
 * An unpacked layer.
 *
 * @param chainId names it together with the layers below it
 * @param diffId the digest of its uncompressed archive
 * @param sizeBytes the lengths of its files
 * @param root its files
 */
public record Layer(Digest chainId, Digest diffId, long sizeBytes, Path root) {}
