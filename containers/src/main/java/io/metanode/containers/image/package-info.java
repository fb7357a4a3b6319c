/**
 * Images: a content-addressed store of blobs, unpacked layers, references, and overlay snapshots
 * for containers.
 */
@NullMarked
package io.metanode.containers.image;

import org.jspecify.annotations.NullMarked;
