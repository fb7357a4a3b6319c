package io.metanode.containers.transfer;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Credentials;

/**
 * What is to be pushed.
 *
 * @param reference with a tag; without one, all tags that are here
 */
public record PushRequest(ImageReference reference, Credentials credentials) {}
