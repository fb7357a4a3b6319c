package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.RoundTimeouts;
import io.metanode.ledger.mempool.MempoolLimits;
import io.metanode.ledger.replica.Equivocation;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.replica.ReplicaOptions;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.store.StoreOptions;
import io.metanode.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run of whole replicas: machines with disks, clients, network, Byzantine members and auditor,
 * all drawn from one seed. A validator may join and another leave on the way.
 */
final class ReplicaWorld {

  private static final long PATIENCE_MILLIS = 180_000;
  private static final int HEIGHTS_AFTER_SETTLING = 4;
  private static final int BLOCKS_BEFORE_CHANGE = 3;
  private static final Bytes POSSESSION = Bytes.of(new byte[96]);
  private static final ReplicaOptions OPTIONS =
      new ReplicaOptions(
          new RoundTimeouts(20, 400, 3_000),
          60,
          new MempoolLimits(64, 1L << 16, 8, 10),
          48,
          4_000,
          15_000,
          150,
          new StoreOptions(3_000, 7, 16, 20),
          2,
          2,
          3);

  private final Timeline timeline = new Timeline();
  private final Trace trace = new Trace();
  private final Faults faults;
  private final Genesis genesis;
  private final AssetMachine machine;
  private final Coverage coverage = new Coverage();
  private final Network network;
  private final Gen chance;
  private final Replica.Engines engines;
  private final ReplicaAuditor auditor;
  private final Clients clients;
  private final List<List<Machine>> places = new ArrayList<>();
  private final int joiner;
  private final int keeps;
  private Optional<Integer> leaver = Optional.empty();
  private long goal = Long.MAX_VALUE;
  private int goalTransactions;

  ReplicaWorld(long seed, Replica.Engines engines) {
    Gen gen = new Gen(seed);
    this.engines = engines;
    faults = Faults.draw(gen);
    genesis = Money.genesis(faults.validators());
    machine =
        new AssetMachine(
            genesis.parameters().fees(),
            (_, _) -> true,
            new Equivocation(genesis.id(), Cast.instance()));
    joiner = faults.validators() < Cast.MOST && gen.oneIn(3) ? faults.validators() : -1;
    int size = faults.validators() + (joiner < 0 ? 0 : 1);
    network = new Network(faults, size, coverage, gen.split());
    chance = gen.split();
    keeps = gen.bool() ? gen.intBetween(1, 4) : 0;
    Set<Integer> corrupt = corrupt(gen.split());
    Set<ValidatorId> honest = new HashSet<>();
    for (int i = 0; i < size; i++) {
      places.add(place(i, size, corrupt.contains(i), gen.split()));
      if (!corrupt.contains(i)) {
        honest.add(id(i));
      }
    }
    auditor = new ReplicaAuditor(genesis, honest);
    clients = new Clients(this, gen.split());
  }

  private Set<Integer> corrupt(Gen gen) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < faults.validators(); i++) {
      all.add(gen.intBetween(0, all.size()), i);
    }
    return new HashSet<>(all.subList(0, faults.byzantine()));
  }

  private List<Machine> place(int index, int size, boolean corrupt, Gen gen) {
    if (!corrupt) {
      return List.of(
          new Machine(this, index, id(index), gen, faults.skewPercent(), Optional.empty()));
    }
    Set<Mischief.Habit> habits = Mischief.draw(gen);
    int twins = habits.contains(Mischief.Habit.SILENT) ? 1 : gen.intBetween(1, 2);
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < twins; i++) {
      Mischief mischief =
          new Mischief(
              genesis,
              Cast.instance().identity(id(index)),
              habits,
              size,
              twins > 1,
              coverage,
              gen.split());
      machines.add(
          new Machine(
              this, index, id(index), gen.split(), faults.skewPercent(), Optional.of(mischief)));
    }
    return machines;
  }

  private static ValidatorId id(int index) {
    return Cast.instance().set(Cast.MOST).members().get(index).id();
  }

  private Stream<Machine> honest() {
    return places.stream().flatMap(List::stream).filter(Machine::isHonest);
  }

  ReplicaRun run() {
    places.forEach(place -> place.forEach(Machine::start));
    clients.start();
    scheduleCrash();
    scheduleChanges();
    scheduleWipe();
    while (auditor.violation().isEmpty()
        && !isDone()
        && timeline.advance(faults.settlesAt() + PATIENCE_MILLIS)) {}
    if (auditor.violation().isEmpty() && !isDone()) {
      auditor.stuck(honest().map(m -> m.index() + " at " + m.height()).toList() + " of " + goal);
    }
    coverage.count(Coverage.Fault.CONVICTED, auditor.evidence());
    return new ReplicaRun(
        faults,
        coverage.counts(),
        auditor.violation(),
        auditor.heights(),
        auditor.transactions(),
        auditor.evidence(),
        timeline.nowMillis(),
        trace.steps(),
        trace.digest());
  }

  /**
   * All honest machines run, and decided more, transactions included, since the network settled.
   */
  private boolean isDone() {
    if (timeline.nowMillis() < faults.settlesAt()) {
      return false;
    }
    if (goal == Long.MAX_VALUE) {
      goal = auditor.heights() + HEIGHTS_AFTER_SETTLING;
      goalTransactions = auditor.transactions() + 1;
    }
    return auditor.transactions() >= goalTransactions
        && honest().allMatch(m -> m.isUp() && m.height() >= goal);
  }

  private void scheduleCrash() {
    if (faults.crashEvery() == 0) {
      return;
    }
    timeline.after(
        chance.between(1, 2L * faults.crashEvery()),
        () -> {
          if (timeline.nowMillis() < faults.settlesAt()) {
            chance.pick(honest().toList()).crash();
            scheduleCrash();
          }
        });
  }

  /** Losing a disk is a fault as a Byzantine member is: there may be only f of both. */
  private void scheduleWipe() {
    boolean may =
        faults.byzantine() < (faults.validators() - 1) / 3 && (keeps > 0 || chance.oneIn(3));
    if (may) {
      List<Machine> members =
          honest()
              .filter(m -> m.index() != joiner && !leaver.equals(Optional.of(m.index())))
              .toList();
      Machine unlucky = chance.pick(members);
      timeline.after(chance.between(1, faults.settlesAt()), () -> wipe(unlucky));
    }
  }

  /** Not at the very beginning, when nobody can tell it from a first start. */
  private void wipe(Machine unlucky) {
    if (auditor.heights() > BLOCKS_BEFORE_CHANGE) {
      unlucky.wipe();
    } else if (timeline.nowMillis() < faults.settlesAt()) {
      timeline.after(chance.between(1, 500), () -> wipe(unlucky));
    }
  }

  private void scheduleChanges() {
    if (joiner >= 0) {
      timeline.after(
          chance.between(100, 2_000),
          () -> {
            coverage.count(Coverage.Fault.VALIDATOR_ADDED);
            clients.order(new Operation.AddValidator(soon(), Money.keys(joiner), POSSESSION));
          });
    }
    boolean spare = faults.byzantine() == 0 && faults.validators() > 4 && !chance.oneIn(4);
    if (spare) {
      int leaving = chance.intBetween(0, faults.validators() - 1);
      leaver = Optional.of(leaving);
      timeline.after(
          chance.between(100, 2_000),
          () -> {
            coverage.count(Coverage.Fault.VALIDATOR_REMOVED);
            clients.order(new Operation.RemoveValidator(soon() + 4, Money.keys(leaving).key()));
          });
    }
  }

  private long soon() {
    return auditor.heights() + 2 + chance.intBetween(1, 2 * BLOCKS_BEFORE_CHANGE);
  }

  void send(int from, int to, Bytes message) {
    byte[] bytes = message.toArray();
    trace.add(timeline.nowMillis(), from, "send", bytes);
    int kind = bytes[0] == 1 && bytes.length > 5 ? bytes[5] : 0;
    for (long delay : network.delays(timeline.nowMillis(), from, to, kind)) {
      timeline.after(
          delay,
          () -> {
            trace.add(timeline.nowMillis(), to, "receive", bytes);
            places.get(to).forEach(machine -> machine.receive(id(from), message));
          });
    }
  }

  void decided(int node, SealedBlock block, Chain chain) {
    trace.add(timeline.nowMillis(), node, "decided", block.block().id().value().bytes());
    auditor.decided(node, block, chain);
    if (keeps > 0 && chance.bool()) {
      long keepFrom = block.block().header().height() - keeps;
      Machine honest = places.get(node).getFirst();
      timeline.after(chance.between(0, 5), () -> honest.prune(keepFrom));
    }
  }

  /** A machine started: links to it come up, one after the other. */
  void linked(Machine machine) {
    for (List<Machine> place : places) {
      for (Machine other : place) {
        if (other.index() != machine.index()) {
          timeline.after(
              chance.between(1, faults.mostDelay()),
              () -> {
                other.linked(machine.id());
                machine.linked(other.id());
              });
        }
      }
    }
  }

  Coverage coverage() {
    return coverage;
  }

  void note(int node, String what) {
    trace.add(timeline.nowMillis(), node, "note", what.getBytes(StandardCharsets.US_ASCII));
  }

  void after(long delayMillis, Runnable action) {
    timeline.after(delayMillis, action);
  }

  long nowMillis() {
    return timeline.nowMillis();
  }

  int index(ValidatorId id) {
    return Cast.instance().set(Cast.MOST).position(id).orElseThrow();
  }

  int size() {
    return places.size();
  }

  Machine anyMachine(Gen gen) {
    return gen.pick(gen.pick(places));
  }

  Genesis genesis() {
    return genesis;
  }

  AssetMachine machine() {
    return machine;
  }

  ReplicaOptions options() {
    return OPTIONS;
  }

  Replica.Engines engines() {
    return engines;
  }

  ReplicaAuditor auditor() {
    return auditor;
  }

  Clients clients() {
    return clients;
  }
}
