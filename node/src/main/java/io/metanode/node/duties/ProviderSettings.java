package io.metanode.node.duties;

import io.metanode.crypto.Signer;
import io.metanode.foundation.Clock;
import io.metanode.policy.Policy;
import io.metanode.receipts.ReceiptSink;
import java.nio.file.Path;

/**
 * Whose work is rewarded, and how that is receipted.
 *
 * @param origin the log's name
 * @param owner the account that submits the log's LogBlocks
 * @param directory where claims under way are written down
 * @param policy is asked before each claim
 */
public record ProviderSettings(
    String origin,
    Signer owner,
    Path directory,
    ReceiptSink receipts,
    Policy policy,
    Clock clock) {}
