package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Four validators that sign with nothing: nobody forges here, but in its own name. */
final class SearchQuartet {

  static final Signature SIGNATURE = Signature.ofBytes(new byte[64]);
  static final BlsSignature SEAL = BlsSignature.ofBytes(new byte[BlsSignature.LENGTH]);
  static final ValidatorSet SET = set();

  /** The number of a block that no validator may prepare. */
  static final int INVALID = 12;

  private static final ChainId CHAIN = new ChainId(new Digest("c4".repeat(32)));
  private static final int SIZE = 4;
  private static final int FIRST = 0xb000;

  private SearchQuartet() {}

  private static ValidatorSet set() {
    Gen gen = new Gen(5);
    List<Validator> members = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      members.add(
          new KeyIdentity(PrivateKeySigner.generate(gen), BlsSecretKey.generate(gen)).validator());
    }
    return new ValidatorSet(members);
  }

  static ValidatorId member(int position) {
    return SET.members().get(position).id();
  }

  /** Blocks 0 to 9 are those that honest leaders make in their rounds. */
  static Proposal block(Height height, int number) {
    Digest digest = new Digest("%04x".formatted(number + FIRST).repeat(16));
    return new Proposal(height, digest, new byte[] {(byte) number});
  }

  /** What the rules and the engine of a member are made of. */
  static QbftEngine.Setup setup(ValidatorId self) {
    return new QbftEngine.Setup(
        CHAIN, new Stamp(self), new Believer(), new Numbered(), h -> SET, RoundTimeouts.DEFAULT);
  }

  static Rules rules(QbftEngine.Setup setup) {
    return new Rules(setup.chain(), setup.authenticity(), setup.proposals());
  }

  private record Stamp(ValidatorId id) implements Identity {
    @Override
    public Signature sign(byte[] message) {
      return SIGNATURE;
    }

    @Override
    public BlsSignature seal(byte[] message) {
      return SEAL;
    }
  }

  private static final class Numbered implements ProposalRules {
    @Override
    public boolean binds(Proposal proposal) {
      return true;
    }

    @Override
    public boolean isValid(Proposal proposal, Round round, ValidatorId leader) {
      return proposal.payload()[0] != INVALID;
    }
  }

  private static final class Believer implements Authenticity {
    @Override
    public boolean authentic(Validator author, byte[] message, Signature signature) {
      return true;
    }

    @Override
    public boolean sealed(Validator author, byte[] message, BlsSignature seal) {
      return true;
    }

    @Override
    public boolean allSealed(List<Validator> signers, byte[] message, BlsSignature aggregate) {
      return true;
    }

    @Override
    public Optional<BlsSignature> aggregate(List<BlsSignature> seals) {
      return Optional.of(SEAL);
    }
  }
}
