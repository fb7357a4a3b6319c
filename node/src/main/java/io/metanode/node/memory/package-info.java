/**
 * What a node that rests gives back to the system: its garbage, and pages of files it only reads.
 */
@NullMarked
package io.metanode.node.memory;

import org.jspecify.annotations.NullMarked;
