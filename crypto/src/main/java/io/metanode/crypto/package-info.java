/** Hashes, keys, signatures and Merkle trees. No I/O but what a signer's command needs. */
@NullMarked
package io.metanode.crypto;

import org.jspecify.annotations.NullMarked;
