/**
 * Builds images from Dockerfiles, step by step: each step is an image, {@code RUN} is a container
 * of the engine, and what was built before is found again.
 */
@NullMarked
package io.metanode.containers.build;

import org.jspecify.annotations.NullMarked;
