package io.metanode.ledger.light;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateProof;
import io.metanode.ledger.state.StateTree;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.testkit.Gen;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four validators, one quorum of three, and a client that has seen none of their blocks. */
class LightClientTest {

  private final TestChain chain = new TestChain(1, 3, 4);
  private final LightClient client =
      new LightClient(chain.genesis.digest(), 0, chain.genesis.validators());

  private static <T> T believed(Verdict<T> verdict) {
    if (verdict instanceof Verdict.Believed<T>(T value)) {
      return value;
    }
    throw new AssertionError(verdict);
  }

  private static void refused(HeaderFault fault, Verdict<?> verdict) {
    assertEquals(fault, assertInstanceOf(Verdict.Refused.class, verdict).fault());
  }

  private static BlockSeal seal(SealedBlock block) throws DecodingException {
    return BlockSeal.decode(block.certificate());
  }

  @Test
  void quorumIsBelievedLessIsNot() throws DecodingException {
    BlockHeader header = chain.advance().block().header();
    ValidatorRoster roster = chain.genesis.validators();
    assertEquals(header, believed(client.verify(header, chain.seal(header, roster, 3))).header());
    refused(HeaderFault.NOT_SEALED, client.verify(header, chain.seal(header, roster, 2)));
    BlockHeader next = chain.advance().block().header();
    refused(HeaderFault.NOT_SEALED, client.verify(next, chain.seal(header, roster, 4)));
  }

  @Test
  void otherChainsAndValidatorsAreNotBelieved() throws DecodingException {
    TestChain other = new TestChain(2, 3, 4);
    SealedBlock foreign = other.advance();
    refused(HeaderFault.WRONG_CHAIN, client.verify(foreign.block().header(), seal(foreign)));
    SealedBlock block = chain.advance();
    LightClient ahead = new LightClient(chain.genesis.digest(), 2, chain.genesis.validators());
    refused(HeaderFault.TOO_OLD, ahead.verify(block.block().header(), seal(block)));
    LightClient wrong = new LightClient(chain.genesis.digest(), 0, other.genesis.validators());
    refused(HeaderFault.OTHER_VALIDATORS, wrong.verify(block.block().header(), seal(block)));
  }

  @Test
  void changesOfValidatorsAreFollowed() throws DecodingException {
    ValidatorKeys added = chain.newValidator(new Gen(99));
    Bytes possession = Bytes.of(chain.sealKeys.getLast().proofOfPossession().bytes());
    Bytes32 gone = chain.genesis.validators().members().getFirst().key();
    chain.advance(
        chain.next(0, new Operation.AddValidator(4, added, possession)),
        chain.next(0, new Operation.RemoveValidator(4, gone)));
    chain.advance();
    SealedBlock last = chain.advance();
    SealedBlock first = chain.advance();
    ValidatorRoster roster = AssetMachine.plan(chain.ledger.state()).at(4);
    refused(HeaderFault.OTHER_VALIDATORS, client.verify(first.block().header(), seal(first)));
    refused(
        HeaderFault.NOT_NEXT_VALIDATORS,
        client.follow(last.block().header(), seal(last), chain.genesis.validators()));
    LightClient followed = believed(client.follow(last.block().header(), seal(last), roster));
    believed(followed.verify(first.block().header(), seal(first)));
    refused(HeaderFault.TOO_OLD, followed.verify(last.block().header(), seal(last)));
  }

  @Test
  void transactionsResultsAndStateAreProved() throws DecodingException {
    Transaction good = chain.transfer(0, 1, 7);
    Transaction bad = chain.transfer(1, 2, Long.MAX_VALUE);
    Block block = chain.block(List.of(good, bad));
    BlockSeal seal = chain.seal(block.header(), chain.genesis.validators(), 3);
    VerifiedHeader header = believed(client.verify(block.header(), seal));
    assertTrue(header.includes(good.id(), block.tree().proof(0)));
    assertTrue(header.includes(bad.id(), block.tree().proof(1)));
    assertFalse(header.includes(good.id(), block.tree().proof(1)));

    Applied applied = chain.apply(block);
    StateTree state = chain.ledger.state();
    SealedBlock after = chain.advance();
    VerifiedHeader next = believed(client.verify(after.block().header(), seal(after)));
    MerkleList results =
        new MerkleList(applied.results().stream().map(TransactionResult::leaf).toList());
    TransactionResult failed = applied.results().get(1);
    assertTrue(next.resulted(failed, results.proof(1)));
    assertFalse(next.resulted(new TransactionResult(failed.id(), 0), results.proof(1)));

    StateKey key = StateKey.account(chain.account(1));
    Bytes value = state.get(key).orElseThrow();
    assertTrue(next.holds(key, value, state.proof(key)));
    assertFalse(header.holds(key, value, state.proof(key)));
    StateKey nobody = StateKey.account(AccountId.reserved(7));
    StateProof absence = StateProof.decode(state.proof(nobody).encode());
    assertTrue(next.lacks(nobody, absence));
    assertFalse(next.lacks(key, absence));
    assertFalse(next.lacks(key, state.proof(key)));
  }
}
