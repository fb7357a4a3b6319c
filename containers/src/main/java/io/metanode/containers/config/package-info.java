/**
 * What a client asks for when it creates a container or an exec: the shapes of Docker's JSON,
 * strictly checked, and typed views of them.
 */
@NullMarked
package io.metanode.containers.config;

import org.jspecify.annotations.NullMarked;
