/** The containers' file systems: overlayfs over an image's layers. */
@NullMarked
package io.metanode.containers.image.overlay;

import org.jspecify.annotations.NullMarked;
