/**
 * The published form of the log: C2SP tlog-tiles, signed notes, checkpoints (docs/formats/log.md).
 */
@NullMarked
package io.metanode.receipts.tile;

import org.jspecify.annotations.NullMarked;
