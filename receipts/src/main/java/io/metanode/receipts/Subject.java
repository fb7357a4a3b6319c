package io.metanode.receipts;

import io.metanode.foundation.Digest;

/**
 * A thing an operation acted on, as an in-toto subject.
 *
 * @param name for example {@code container/<id>} or {@code image/<reference>}
 * @param digest what pins it: a container's configuration digest, an image's id
 */
public record Subject(String name, Digest digest) {}
