/** The program as its users start it: the launcher, a node's process, the real docker client. */
@NullMarked
package io.metanode.node.process;

import org.jspecify.annotations.NullMarked;
