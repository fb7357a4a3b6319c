/**
 * Layers: tar archives unpacked into directories that overlayfs stacks. The archives come from
 * strangers; nothing they say reaches outside the layer's own directory.
 */
@NullMarked
package io.metanode.containers.image.layer;

import org.jspecify.annotations.NullMarked;
