/** Control groups of version 1, 2 and hybrids: usage, limits, freezing, removal. */
@NullMarked
package io.metanode.containers.cgroup;

import org.jspecify.annotations.NullMarked;
