package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Who decides which heights, from now on: rosters by the height from which they hold.
 *
 * @param terms in the order of their heights; the first one holds already
 */
public record ValidatorPlan(List<Term> terms) implements StoredValue {

  static final int TAG = 3;

  /** The most rosters that may be planned by the governor. */
  public static final int MAX_PLANNED = 16;

  /** The most rosters there may be, convictions included. */
  static final int MAX_TERMS = MAX_PLANNED + 4;

  /**
   * A roster and when it begins to decide.
   *
   * @param from a height
   */
  public record Term(long from, ValidatorRoster roster) {

    Term without(Bytes32 key) {
      boolean goes = roster.member(key).isPresent() && roster.members().size() > 1;
      return goes ? new Term(from, roster.minus(key)) : this;
    }
  }

  /**
   * @throws IllegalArgumentException if there is no term, too many, or they are not in order
   */
  public ValidatorPlan {
    terms = List.copyOf(terms);
    if (terms.isEmpty() || terms.size() > MAX_TERMS || !ascending(terms)) {
      throw new IllegalArgumentException("no plan: " + terms);
    }
  }

  private static boolean ascending(List<Term> terms) {
    for (int i = 1; i < terms.size(); i++) {
      if (terms.get(i - 1).from() >= terms.get(i).from()) {
        return false;
      }
    }
    return true;
  }

  /** Who decides a height, which is not before the first term. */
  public ValidatorRoster at(long height) {
    ValidatorRoster roster = terms.getFirst().roster();
    for (Term term : terms) {
      if (term.from() <= height) {
        roster = term.roster();
      }
    }
    return roster;
  }

  /** The plan without the terms that are over at {@code height}. */
  ValidatorPlan since(long height) {
    int first = 0;
    while (first + 1 < terms.size() && terms.get(first + 1).from() <= height) {
      first++;
    }
    return first == 0 ? this : new ValidatorPlan(terms.subList(first, terms.size()));
  }

  Term last() {
    return terms.getLast();
  }

  /** The plan with another roster from {@code height} on, not before the last term. */
  ValidatorPlan with(long height, ValidatorRoster roster) {
    List<Term> more = new ArrayList<>(terms);
    if (last().from() == height) {
      more.removeLast();
    }
    more.add(new Term(height, roster));
    return new ValidatorPlan(more);
  }

  /**
   * The plan in which a validator is in no roster from {@code height} on, but where it is alone. It
   * adds one term at most; convictions of more than three blocks never wait at once, since each
   * takes effect two heights later.
   */
  ValidatorPlan without(Bytes32 key, long height) {
    List<Term> changed = new ArrayList<>();
    boolean begun = false;
    for (Term term : terms) {
      if (term.from() > height && !begun) {
        changed.add(new Term(height, at(height)));
        begun = true;
      }
      begun |= term.from() == height;
      changed.add(term);
    }
    if (!begun) {
      changed.add(new Term(height, at(height)));
    }
    changed.replaceAll(term -> term.from() < height ? term : term.without(key));
    return new ValidatorPlan(changed);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u32(terms.size());
    for (Term term : terms) {
      out.u64(term.from());
      term.roster().encode(out);
    }
  }

  static ValidatorPlan decodeFields(Decoder in) throws DecodingException {
    int count = in.count(MAX_TERMS, 8 + 4 + ValidatorKeys.LENGTH);
    List<Term> terms = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      terms.add(new Term(in.u63(), ValidatorRoster.decode(in)));
    }
    if (count == 0) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "no term");
    }
    if (!ascending(terms)) {
      throw in.fault(DecodingFault.OUT_OF_ORDER, "terms");
    }
    return new ValidatorPlan(terms);
  }
}
