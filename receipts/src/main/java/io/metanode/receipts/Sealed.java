package io.metanode.receipts;

import io.metanode.crypto.Signer;
import org.jspecify.annotations.Nullable;

/**
 * An entry with its place in the chain and its signature.
 *
 * @param entry the envelope
 * @param leafHash its Merkle leaf hash
 * @param next the key that signs from the next entry on, if this entry passes to one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sealed(byte[] entry, byte[] leafHash, @Nullable Signer next) {}
