/**
 * Verifies a log, or a proof, with public keys alone. Uses nothing but the JDK and the formats
 * beside it, so that it runs as a small jar of its own.
 */
@NullMarked
package io.metanode.receipts.verify;

import org.jspecify.annotations.NullMarked;
