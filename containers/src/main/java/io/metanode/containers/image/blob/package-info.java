/** Content-addressed files: what is stored is what its digest says, or it is not stored. */
@NullMarked
package io.metanode.containers.image.blob;

import org.jspecify.annotations.NullMarked;
