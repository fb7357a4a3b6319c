package io.metanode.simulation;

import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.ibft.QbftEngine;
import java.util.Optional;

/** Makes the engine of a validator that starts, with the last record that its disk holds. */
@FunctionalInterface
public interface Engines {

  ConsensusEngine create(QbftEngine.Setup setup, Height height, Optional<byte[]> record);
}
