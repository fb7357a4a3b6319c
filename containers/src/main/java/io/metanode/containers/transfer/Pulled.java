package io.metanode.containers.transfer;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import io.metanode.foundation.Digest;

/**
 * An image that was pulled.
 *
 * @param name as it was asked for
 * @param id the digest of its configuration
 * @param manifest what the name stands for in the registry: the digest of the image's manifest, or
 *     of the index it was chosen from
 * @param platform what it runs on, by its configuration
 * @param isNew whether the name stood for another image before, or for none
 */
public record Pulled(
    ImageReference name, Digest id, Digest manifest, Platform platform, boolean isNew) {}
