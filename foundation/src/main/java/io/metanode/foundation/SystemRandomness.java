package io.metanode.foundation;

import java.security.SecureRandom;

/** Randomness from the operating system's generator. */
public final class SystemRandomness implements Randomness {

  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] target) {
    random.nextBytes(target);
  }
}
