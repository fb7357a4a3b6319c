package io.metanode.simulation;

import io.metanode.crypto.BlsSecretKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Authenticity;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Signature;
import io.metanode.testkit.Gen;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The validators of all runs and their signatures. A signature is a 64-bit keyed hash, a thousand
 * times cheaper than a real one; nobody forges it, because a Byzantine validator is given the
 * identities of its own kind alone. An aggregate is the sum of its seals.
 */
public final class Cast implements Authenticity {

  public static final ChainId CHAIN = new ChainId(new Digest("5a".repeat(32)));
  public static final int MOST = 10;

  private static final long SEAL = 0x5ea1L;
  private static final Cast INSTANCE = new Cast();

  private final List<Validator> validators = new ArrayList<>();
  private final Map<ValidatorId, Long> secrets = new HashMap<>();

  private Cast() {
    Gen gen = new Gen(0xca57);
    for (int i = 0; i < MOST; i++) {
      PrivateKeySigner signer = PrivateKeySigner.generate(gen);
      Validator validator =
          Validator.of(signer.publicKey(), BlsSecretKey.generate(gen).publicKey());
      validators.add(validator);
      secrets.put(validator.id(), gen.nextLong());
    }
  }

  public static Cast instance() {
    return INSTANCE;
  }

  /** The first {@code size} validators. */
  public ValidatorSet set(int size) {
    return new ValidatorSet(validators.subList(0, size));
  }

  /** The Ed25519 key of a validator of any run. */
  static byte[] key(ValidatorId id) {
    return INSTANCE.set(MOST).member(id).orElseThrow().key().bytes();
  }

  public Identity identity(ValidatorId id) {
    long secret = secret(id);
    return new Identity() {
      @Override
      public ValidatorId id() {
        return id;
      }

      @Override
      public Signature sign(byte[] message) {
        return Signature.ofBytes(padded(tag(secret, message), Signer.SIGNATURE_LENGTH));
      }

      @Override
      public BlsSignature seal(byte[] message) {
        return BlsSignature.ofBytes(padded(tag(secret ^ SEAL, message), BlsSignature.LENGTH));
      }
    };
  }

  private long secret(ValidatorId id) {
    Long secret = secrets.get(id);
    if (secret == null) {
      throw new IllegalArgumentException("no validator of any run: " + id);
    }
    return secret;
  }

  @Override
  public boolean authentic(Validator author, byte[] message, Signature signature) {
    return signature.equals(identity(author.id()).sign(message));
  }

  @Override
  public boolean sealed(Validator author, byte[] message, BlsSignature seal) {
    return seal.equals(identity(author.id()).seal(message));
  }

  @Override
  public boolean allSealed(List<Validator> signers, byte[] message, BlsSignature aggregate) {
    return aggregate(signers.stream().map(v -> identity(v.id()).seal(message)).toList())
        .map(aggregate::equals)
        .orElse(false);
  }

  @Override
  public Optional<BlsSignature> aggregate(List<BlsSignature> seals) {
    long sum = 0;
    for (BlsSignature seal : seals) {
      sum += ByteBuffer.wrap(seal.bytes()).getLong();
    }
    return Optional.of(BlsSignature.ofBytes(padded(sum, BlsSignature.LENGTH)));
  }

  private static byte[] padded(long tag, int length) {
    return ByteBuffer.allocate(length).putLong(tag).array();
  }

  private static long tag(long secret, byte[] message) {
    return Trace.mix(secret, message);
  }
}
