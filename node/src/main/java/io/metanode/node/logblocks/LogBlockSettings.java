package io.metanode.node.logblocks;

import io.metanode.crypto.Signer;
import io.metanode.receipts.RecentUsage;
import io.metanode.receipts.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Whose receipts become final, and how.
 *
 * @param receipts the log's directory
 * @param recent what its newest receipts metered, if this process writes it
 * @param directory where the producer keeps what it signed
 * @param logKeys the log's private keys
 * @param owner the account that submits and pays
 * @param count so many receipts are cut at once
 * @param after the longest a receipt waits for others
 */
public record LogBlockSettings(
    Path receipts,
    RecentUsage recent,
    Path directory,
    SigningKeys logKeys,
    Signer owner,
    long count,
    Duration after) {}
