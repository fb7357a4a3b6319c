package io.metanode.comparison;

import com.hedera.hapi.node.base.ServiceEndpoint;
import com.hedera.hapi.node.state.roster.Roster;
import com.hedera.hapi.node.state.roster.RosterEntry;
import com.hedera.pbj.runtime.io.buffer.Bytes;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.hiero.base.crypto.KeyGeneratingException;
import org.hiero.base.crypto.SigningSchema;
import org.hiero.consensus.crypto.KeysAndCertsGenerator;
import org.hiero.consensus.model.node.KeysAndCerts;
import org.hiero.consensus.model.node.NodeId;

/**
 * The nodes of a network on loopback, as each of them knows the others. Their keys follow from
 * their numbers, so that processes need not exchange any: secret from nobody, good for nothing but
 * tests and measurements. Events are signed with Ed25519, the fastest that Hiero offers.
 *
 * @param ports where each node listens for the others' gossip
 */
public record HieroNetwork(List<Integer> ports) {

  public HieroNetwork {
    ports = List.copyOf(ports);
  }

  KeysAndCerts keys(int node) {
    try {
      return KeysAndCertsGenerator.generate(NodeId.of(node), SigningSchema.ED25519);
    } catch (GeneralSecurityException | KeyGeneratingException e) {
      throw new IllegalStateException("no keys for node " + node, e);
    }
  }

  Roster roster() {
    Bytes loopback = Bytes.wrap(InetAddress.getLoopbackAddress().getAddress());
    List<RosterEntry> entries = new ArrayList<>();
    for (int node = 0; node < ports.size(); node++) {
      try {
        entries.add(
            new RosterEntry(
                node,
                1,
                Bytes.wrap(keys(node).sigCert().getEncoded()),
                List.of(new ServiceEndpoint(loopback, ports.get(node), ""))));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a certificate without encoding", e);
      }
    }
    return new Roster(entries);
  }
}
