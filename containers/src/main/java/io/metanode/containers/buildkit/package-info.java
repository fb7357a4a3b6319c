/**
 * BuildKit's protocol, as far as clients need it to build from a Dockerfile: what they ask is
 * translated for the builder of {@code build}, and what that does is told as they expect it
 * (docs/decisions/0234).
 */
@NullMarked
package io.metanode.containers.buildkit;

import org.jspecify.annotations.NullMarked;
