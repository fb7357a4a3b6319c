/** Canonical JSON: just what receipts need, read strictly, without a library. */
@NullMarked
package io.metanode.receipts.json;

import org.jspecify.annotations.NullMarked;
