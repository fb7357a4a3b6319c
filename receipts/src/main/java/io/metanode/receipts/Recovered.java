package io.metanode.receipts;

import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.receipts.journal.JournalScan;
import io.metanode.receipts.tile.TileWriter;

/**
 * What a log's files held when it was opened.
 *
 * @param scan the journal
 * @param tiles the tree over all entries
 * @param previous the last entry's leaf hash
 * @param keys the public keys up to the one in force
 * @param signer the key in force
 */
record Recovered(
    JournalScan scan, TileWriter tiles, Digest previous, KeyHistory keys, Signer signer) {}
