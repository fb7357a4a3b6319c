/** Measurements against a real dockerd, each ending with one line of JSON. */
@NullMarked
package io.metanode.cli.bench;

import org.jspecify.annotations.NullMarked;
