/**
 * From a container's configuration to what the OCI runtime reads: the bundle, the name files, and
 * the sources of its mounts.
 */
@NullMarked
package io.metanode.containers.bundle;

import org.jspecify.annotations.NullMarked;
