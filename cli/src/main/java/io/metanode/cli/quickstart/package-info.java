/** From nothing to a container with a verified receipt. */
@NullMarked
package io.metanode.cli.quickstart;

import org.jspecify.annotations.NullMarked;
