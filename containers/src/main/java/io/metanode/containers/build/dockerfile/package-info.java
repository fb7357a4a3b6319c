/** Reads Dockerfiles: lines, heredocs, words and variables. Pure; no file is opened here. */
@NullMarked
package io.metanode.containers.build.dockerfile;

import org.jspecify.annotations.NullMarked;
