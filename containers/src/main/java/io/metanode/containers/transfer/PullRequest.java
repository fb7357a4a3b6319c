package io.metanode.containers.transfer;

import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;

/**
 * What is to be pulled.
 *
 * @param reference a tag or a digest; without both, all tags
 * @param platform which image of an index
 * @param chosen whether the client named the platform
 */
public record PullRequest(
    ImageReference reference, Platform platform, boolean chosen, Credentials credentials) {}
