/** The messages of BuildKit's protocol, made from the files in {@code src/main/protobuf}. */
@NullMarked
package io.metanode.containers.buildkit.wire;

import org.jspecify.annotations.NullMarked;
