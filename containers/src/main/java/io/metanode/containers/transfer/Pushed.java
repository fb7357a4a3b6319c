package io.metanode.containers.transfer;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Descriptor;
import io.metanode.foundation.Digest;

/**
 * An image that was pushed.
 *
 * @param id the digest of its configuration
 * @param manifest what the name stands for in the registry
 */
public record Pushed(ImageReference name, Digest id, Descriptor manifest) {}
