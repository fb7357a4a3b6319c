/** The bytes of a receipt: in-toto Statement v1 in a DSSE envelope (docs/formats/receipt.md). */
@NullMarked
package io.metanode.receipts.statement;

import org.jspecify.annotations.NullMarked;
