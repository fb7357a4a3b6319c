/** What a build may copy from: the files a client sent, or those of another image. */
@NullMarked
package io.metanode.containers.build.context;

import org.jspecify.annotations.NullMarked;
