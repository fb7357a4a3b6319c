package io.metanode.simulation;

import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.ibft.RoundTimeouts;
import io.metanode.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One run: hosts, network, adversary and auditor, all drawn from one seed. */
final class World {

  private static final RoundTimeouts TIMEOUTS = new RoundTimeouts(20, 400, 3_000);
  private static final long PATIENCE_MILLIS = 120_000;
  private static final int HEIGHTS_AFTER_SETTLING = 3;

  private final Timeline timeline = new Timeline();
  private final Trace trace = new Trace();
  private final Faults faults;
  private final ValidatorSet validators;
  private final Coverage coverage = new Coverage();
  private final Network network;
  private final Gen crashes;
  private final Engines engines;
  private final Auditor auditor;
  private final Adversary adversary;
  private final List<Optional<Host>> hosts = new ArrayList<>();
  private long goal = Long.MAX_VALUE;

  World(long seed, Engines engines) {
    Gen gen = new Gen(seed);
    this.engines = engines;
    faults = Faults.draw(gen);
    validators = Cast.instance().set(faults.validators());
    network = new Network(faults, coverage, gen.split());
    crashes = gen.split();
    List<Integer> corrupt = corrupt(gen.split());
    if (faults.quiet() && !corrupt.isEmpty()) {
      coverage.count(Coverage.Fault.SILENT, corrupt.size());
    }
    adversary = new Adversary(this, corrupt, faults.quiet(), gen.split());
    for (int i = 0; i < faults.validators(); i++) {
      Gen hostGen = gen.split();
      hosts.add(
          corrupt.contains(i)
              ? Optional.empty()
              : Optional.of(
                  new Host(
                      this, i, validators.members().get(i).id(), hostGen, faults.skewPercent())));
    }
    auditor = new Auditor(validators, honest().map(Host::id).toList());
  }

  private List<Integer> corrupt(Gen gen) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < faults.validators(); i++) {
      all.add(gen.intBetween(0, all.size()), i);
    }
    return List.copyOf(all.subList(0, faults.byzantine()));
  }

  private Stream<Host> honest() {
    return hosts.stream().flatMap(Optional::stream);
  }

  Run run() {
    honest().forEach(Host::start);
    scheduleCrash();
    while (auditor.violation().isEmpty()
        && !isDone()
        && timeline.advance(faults.settlesAt() + PATIENCE_MILLIS)) {}
    if (auditor.violation().isEmpty() && !isDone()) {
      auditor.stuck(honest().map(h -> h.id() + " at " + (h.decided() + 1)).toList().toString());
    }
    coverage.count(Coverage.Fault.CONVICTED, auditor.evidence());
    return new Run(
        faults,
        coverage.counts(),
        auditor.violation(),
        auditor.heights(),
        auditor.evidence(),
        timeline.nowMillis(),
        trace.steps(),
        trace.digest());
  }

  private boolean isDone() {
    if (timeline.nowMillis() < faults.settlesAt()) {
      return false;
    }
    if (goal == Long.MAX_VALUE) {
      goal = auditor.heights() + HEIGHTS_AFTER_SETTLING;
    }
    return honest().allMatch(h -> h.isUp() && h.decided() >= goal);
  }

  private void scheduleCrash() {
    if (faults.crashEvery() == 0) {
      return;
    }
    timeline.after(
        crashes.between(1, 2L * faults.crashEvery()),
        () -> {
          if (timeline.nowMillis() < faults.settlesAt()) {
            crashes.pick(honest().toList()).doom();
            scheduleCrash();
          }
        });
  }

  ConsensusEngine engine(ValidatorId id, Height height, Optional<byte[]> record) {
    QbftEngine.Setup setup =
        new QbftEngine.Setup(
            Cast.CHAIN,
            Cast.instance().identity(id),
            Cast.instance(),
            new Blocks(),
            h -> validators,
            TIMEOUTS);
    return engines.create(setup, height, record);
  }

  void broadcast(int from, Height height, byte[] message) {
    trace.add(timeline.nowMillis(), from, "send", message);
    auditor.sent(validators.members().get(from).id(), message);
    for (int to = 0; to < hosts.size(); to++) {
      if (to != from) {
        send(from, to, new Packet.Vote(message));
      }
    }
    MessageCodec.decode(message).ifPresent(adversary::observe);
  }

  void send(int from, int to, Packet packet) {
    Optional<Host> host = hosts.get(to);
    if (host.isEmpty()) {
      return;
    }
    for (long delay : network.delays(timeline.nowMillis(), from, to, kind(packet))) {
      timeline.after(delay, () -> deliver(from, host.get(), to, packet));
    }
  }

  private void deliver(int from, Host host, int to, Packet packet) {
    if (host.isUp()) {
      trace.add(timeline.nowMillis(), to, "receive", bytes(packet));
      host.receive(from, packet);
    }
  }

  private static int kind(Packet packet) {
    return packet instanceof Packet.Vote vote && vote.message().length > 0 ? vote.message()[0] : 0;
  }

  private static byte[] bytes(Packet packet) {
    return switch (packet) {
      case Packet.Vote p -> p.message();
      case Packet.Fetch p -> new byte[] {(byte) p.from().value()};
      case Packet.Block p -> certificate(p.certificate());
    };
  }

  private static byte[] certificate(CommitCertificate certificate) {
    return certificate.digest().bytes();
  }

  void note(int node, String what) {
    trace.add(timeline.nowMillis(), node, what, what.getBytes(StandardCharsets.US_ASCII));
  }

  int index(ValidatorId id) {
    return validators.position(id).orElseThrow();
  }

  Timeline timeline() {
    return timeline;
  }

  Coverage coverage() {
    return coverage;
  }

  Auditor auditor() {
    return auditor;
  }

  void decided(ValidatorId by, long count, Packet.Block block) {
    auditor.decided(by, count, block.proposal(), block.certificate());
    adversary.decided(new Height(count));
  }

  ValidatorSet validators() {
    return validators;
  }
}
