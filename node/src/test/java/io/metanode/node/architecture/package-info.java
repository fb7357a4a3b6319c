/** The rules of the house, held by tests: module direction, faces, bans. */
@NullMarked
package io.metanode.node.architecture;

import org.jspecify.annotations.NullMarked;
