/** {@code metanode receipts}: reading, proving, verifying the log; and its benchmark. */
@NullMarked
package io.metanode.cli.receipts;

import org.jspecify.annotations.NullMarked;
