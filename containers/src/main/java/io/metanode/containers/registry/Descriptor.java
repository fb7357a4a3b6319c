package io.metanode.containers.registry;

import io.metanode.foundation.Digest;

/**
 * Content in a registry (OCI image-spec, descriptor.md).
 *
 * @param mediaType what it is
 * @param digest what it hashes to
 * @param size its length in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
