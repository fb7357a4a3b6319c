/**
 * StepReceipts and the transparency log that holds them: what an operation did, signed, chained,
 * durable and provable offline with public keys alone.
 */
@NullMarked
package io.metanode.receipts;

import org.jspecify.annotations.NullMarked;
