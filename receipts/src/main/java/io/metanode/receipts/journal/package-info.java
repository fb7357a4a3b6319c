/** The write-ahead journal: what makes a receipt durable (docs/formats/log.md). */
@NullMarked
package io.metanode.receipts.journal;

import org.jspecify.annotations.NullMarked;
