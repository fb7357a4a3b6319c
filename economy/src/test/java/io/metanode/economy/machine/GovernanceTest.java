package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.WALLET;
import static io.metanode.economy.machine.EconomyChain.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.machine.Proposal.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proposals and votes: person 0 has 10,000 GEN, 1 to 4 have 1,000 each. */
class GovernanceTest {

  private static final long DAY = 86_400_000;

  private final EconomyChain chain = new EconomyChain(5);

  @AfterEach
  void everythingIsAccountedFor() {
    assertEquals(List.of(), chain.faults());
    assertEquals(chain.state.root(), chain.replayed());
  }

  private static final Change ADMIT = new Change.SetProvider(person(3), true);

  private static Rules rules(long windowMillis) {
    Rules rules = Rules.DEFAULT;
    return new Rules(windowMillis, rules.epochMillis(), rules.poe(), rules.flx(), rules.voting());
  }

  private static Bytes32 name(long reference) {
    return new Bytes32(5, 5, 5, reference);
  }

  private int propose(int person, long reference, AccountId voter, Change change) {
    return chain.perform(person, new Operation.Propose(name(reference), voter, change));
  }

  private int vote(int person, Bytes32 proposal, AccountId voter, boolean approve) {
    return chain.perform(person, new Operation.Vote(proposal, voter, approve));
  }

  private int close(Bytes32 proposal) {
    return chain.perform(4, new Operation.Close(proposal));
  }

  private Proposal proposal(Bytes32 id) {
    return chain.session().fact(Proposal.of(id), Proposal.class).orElseThrow();
  }

  private boolean admitted(int person) {
    return chain
        .session()
        .fact(Provider.of(person(person)), Provider.class)
        .map(Provider::admitted)
        .orElse(false);
  }

  @Test
  void moreThanHalfOfAllGenDecidesAtOnce() {
    AccountId most = chain.voter(0, 7 * WALLET + 1);
    assertEquals(0, propose(0, 1, most, ADMIT));
    Bytes32 id = Proposal.id(person(0), name(1));
    assertEquals(0, close(id));
    assertTrue(admitted(3));
    assertEquals(VoteStatus.PROPOSAL_DONE.code(), close(id));
    AccountId small = chain.voter(1, WALLET);
    assertEquals(VoteStatus.PROPOSAL_CLOSED.code(), vote(1, id, small, false));
  }

  @Test
  void halfOfAllGenDoesNot() {
    AccountId half = chain.voter(0, 7 * WALLET);
    assertEquals(0, propose(0, 1, half, ADMIT));
    assertEquals(VoteStatus.DECISION_TOO_SOON.code(), close(Proposal.id(person(0), name(1))));
    assertFalse(admitted(3));
  }

  @Test
  void rulesWaitUntilTheirTimeHasCome() {
    AccountId most = chain.voter(0, 9 * WALLET);
    Bytes32 id = Proposal.id(person(0), name(1));
    assertEquals(0, propose(0, 1, most, new Change.SetRules(rules(60_000))));
    assertEquals(0, close(id));
    assertEquals(Phase.PASSED, proposal(id).phase());
    assertEquals(VoteStatus.TIMELOCKED.code(), close(id));
    chain.now += DAY - 500;
    assertEquals(VoteStatus.TIMELOCKED.code(), close(id));
    chain.now += 500;
    assertEquals(0, close(id));
    assertEquals(rules(60_000), chain.session().rules());
  }

  @Test
  void whenVotesCloseTheSideWithMoreGenWinsIfAQuorumVoted() {
    AccountId one = chain.voter(1, WALLET);
    AccountId two = chain.voter(2, WALLET);
    AccountId three = chain.voter(3, WALLET - 1);
    Bytes32 id = Proposal.id(person(1), name(1));
    assertEquals(0, propose(1, 1, one, ADMIT));
    assertEquals(0, vote(2, id, two, true));
    assertEquals(0, vote(3, id, three, false));
    assertEquals(VoteStatus.DECISION_TOO_SOON.code(), close(id));
    chain.now += DAY;
    assertEquals(VoteStatus.PROPOSAL_CLOSED.code(), vote(4, id, one, false));
    assertEquals(0, close(id));
    assertEquals(Phase.ENACTED, proposal(id).phase());
    assertTrue(admitted(3), "2,999 of 14,000 GEN voted");
  }

  @Test
  void withoutAQuorumOrAgainstMoreGenItIsRejected() {
    AccountId one = chain.voter(1, WALLET);
    AccountId two = chain.voter(2, WALLET);
    Bytes32 alone = Proposal.id(person(1), name(1));
    Bytes32 tied = Proposal.id(person(1), name(2));
    assertEquals(0, propose(1, 1, one, ADMIT));
    assertEquals(0, propose(1, 2, one, ADMIT), "one account votes on both");
    assertEquals(0, vote(2, tied, two, false));
    AccountId three = chain.voter(3, WALLET);
    assertEquals(0, vote(3, tied, three, false));
    chain.now += DAY;
    assertEquals(0, close(alone));
    assertEquals(0, close(tied));
    assertEquals(Phase.REJECTED, proposal(alone).phase());
    assertEquals(Phase.REJECTED, proposal(tied).phase());
    assertFalse(admitted(3));
  }

  @Test
  void moreThanHalfOfAllGenAgainstItRejectsAtOnce() {
    AccountId most = chain.voter(0, 9 * WALLET);
    AccountId one = chain.voter(1, WALLET);
    Bytes32 id = Proposal.id(person(1), name(1));
    assertEquals(0, propose(1, 1, one, ADMIT));
    assertEquals(0, vote(0, id, most, false));
    assertEquals(0, close(id));
    assertEquals(Phase.REJECTED, proposal(id).phase());
  }

  @Test
  void whoMayVoteAndOnce() {
    AccountId one = chain.voter(1, WALLET);
    AccountId nobodys = AccountId.named("nobody");
    AccountId open = Names.account(person(1), Token.GEN, 0);
    chain.perform(1, new Step.Open(Token.GEN, 0, false, 0));
    AccountId nex = Names.account(person(1), Token.NEX, 0);
    chain.perform(1, new Step.Open(Token.NEX, 0, false, 0));
    assertEquals(VoteStatus.VOTER_UNKNOWN.code(), propose(1, 1, nobodys, ADMIT));
    assertEquals(VoteStatus.VOTER_UNKNOWN.code(), propose(2, 1, one, ADMIT), "another's");
    assertEquals(VoteStatus.VOTER_UNKNOWN.code(), propose(1, 1, nex, ADMIT), "of another token");
    assertEquals(
        VoteStatus.VOTER_UNKNOWN.code(), propose(1, 1, Purse.TREASURY.of(Token.GEN), ADMIT));
    assertEquals(VoteStatus.VOTER_NOT_LOCKED.code(), propose(1, 1, open, ADMIT));
    AccountId poor = chain.voter(2, Amount.UNITS - 1);
    assertEquals(VoteStatus.VOTER_TOO_POOR.code(), propose(2, 1, poor, ADMIT));
    assertEquals(0, propose(1, 1, one, ADMIT));
    assertEquals(VoteStatus.PROPOSAL_EXISTS.code(), propose(1, 1, one, ADMIT));
    Bytes32 id = Proposal.id(person(1), name(1));
    assertEquals(VoteStatus.VOTER_VOTED.code(), vote(1, id, one, false));
    assertEquals(VoteStatus.PROPOSAL_UNKNOWN.code(), vote(1, name(7), one, false));
    assertEquals(VoteStatus.PROPOSAL_UNKNOWN.code(), close(name(7)));
    assertEquals(0, vote(2, id, poor, false), "a little is enough to vote");
  }

  @Test
  void banksAreOpenedAndFrozen() {
    AccountId most = chain.voter(0, 9 * WALLET);
    AccountId bank = Names.account(person(2), Token.AUR, 0);
    chain.enact(1, most, new Change.SetBank(person(2), true));
    assertEquals(Codes.BANK, chain.account(bank).terms().code());
    chain.enact(2, most, new Change.SetBank(person(2), false));
    assertTrue(chain.account(bank).is(AccountFlags.FROZEN));
    chain.enact(3, most, new Change.SetBank(person(2), true));
    assertFalse(chain.account(bank).is(AccountFlags.FROZEN));
  }

  @Test
  void aPursePaysWhatWasDecidedOnce() {
    AccountId most = chain.voter(0, 9 * WALLET);
    AccountId paid = Names.account(person(2), Token.NEX, 0);
    chain.perform(2, new Step.Open(Token.NEX, 0, false, 0));
    chain.enact(1, most, new Change.Grant(Purse.VALIDATORS, Token.NEX, paid, Amount.tokens(500)));
    assertEquals(Amount.tokens(500).units(), chain.available(paid));
    Change tooMuch = new Change.Grant(Purse.VALIDATORS, Token.NEX, paid, Amount.tokens(60_000));
    assertEquals(0, propose(0, 2, most, tooMuch));
    Bytes32 id = Proposal.id(person(0), name(2));
    assertEquals(0, close(id));
    chain.now += DAY;
    assertEquals(TransferStatus.EXCEEDS_CREDITS.code(), close(id));
    assertEquals(Phase.PASSED, proposal(id).phase(), "it may be enacted when there is enough");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Change.Grant(Purse.ISSUE, Token.NEX, paid, Amount.tokens(1)));
  }

  @Test
  void pricesFollowOneAnother() {
    AccountId most = chain.voter(0, 9 * WALLET);
    PriceList next = new PriceList(2, chain.now + 40 * DAY, PriceList.FIRST.prices());
    chain.enact(1, most, new Change.AddPrices(next));
    assertEquals(new PriceBook(List.of(PriceList.FIRST, next)), chain.session().prices());
    assertEquals(0, propose(0, 2, most, new Change.AddPrices(next)));
    Bytes32 id = Proposal.id(person(0), name(2));
    assertEquals(0, close(id));
    chain.now += DAY;
    assertEquals(VoteStatus.PRICES_NOT_NEXT.code(), close(id));
  }

  @Test
  void whatIsNoChangeDoesNotDecode() {
    Operation propose = new Operation.Propose(name(1), AccountId.named("a"), ADMIT);
    byte[] bytes = propose.encode().toArray();
    bytes[64] = 99;
    assertThrows(
        DecodingException.class,
        () -> Operation.decode(Operation.PROPOSE, io.metanode.foundation.Bytes.of(bytes)));
  }
}
