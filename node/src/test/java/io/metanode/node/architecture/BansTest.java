package io.metanode.node.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.metanode.node.Main;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * What product code and tests do without, each with its reason and what to use instead. The default
 * charset is banned by ErrorProne's DefaultCharset, which the build treats as an error.
 */
final class BansTest {

  @Test
  void onlyFoundationReadsTheClocks() throws IOException {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.metanode.foundation..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("time is injected as foundation's Clock, so that tests can turn it")
        .check(SourceTree.productClasses());
  }

  @Test
  void onlyFoundationDrawsRandomness() throws IOException {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.metanode.foundation..")
        .should()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .because("randomness is injected as foundation's Randomness, so that a seed replays a run")
        .check(SourceTree.productClasses());
  }

  @Test
  void onlyMainExits() throws IOException {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Main.class)
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("a class that ends the process cannot be used by another; throw instead")
        .check(SourceTree.productClasses());
  }

  @Test
  void testsDoNotSleep() throws IOException {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .because("a sleep is either too short or too long; wait for the thing itself")
        .check(SourceTree.testClasses());
  }
}
