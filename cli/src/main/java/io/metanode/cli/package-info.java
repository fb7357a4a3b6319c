/** The {@code metanode} command line, one class a command. */
@NullMarked
package io.metanode.cli;

import org.jspecify.annotations.NullMarked;
