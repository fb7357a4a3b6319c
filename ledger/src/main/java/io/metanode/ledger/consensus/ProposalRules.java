package io.metanode.ledger.consensus;

/**
 * What the chain's application says of proposals. Answers follow from the proposal and the chain
 * below it alone; a host has fetched what a proposal refers to before the engine sees it.
 */
public interface ProposalRules {

  /** Whether the proposal's digest is that of its height and payload. */
  boolean binds(Proposal proposal);

  /** Whether the proposal may follow the chain below it when {@code leader} made it new. */
  boolean isValid(Proposal proposal, Round round, ValidatorId leader);
}
