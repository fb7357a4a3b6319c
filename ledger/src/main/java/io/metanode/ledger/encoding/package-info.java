/**
 * The canonical binary encoding: big-endian fields of fixed width, byte strings behind their
 * length, one encoding for each value. A decoder refuses whatever an encoder does not write.
 */
@NullMarked
package io.metanode.ledger.encoding;

import org.jspecify.annotations.NullMarked;
