/**
 * Files of a container as its processes see them, for reading and writing from outside while those
 * processes do what they like: every step of a path is taken from an open directory, links are read
 * and followed here, and nothing outside the container can be reached (docs/decisions/0250).
 */
@NullMarked
package io.metanode.containers.files;

import org.jspecify.annotations.NullMarked;
