package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Randomness;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names and ids of containers: Docker's rules, and random ones where the client gives none. */
final class Names {

  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
  private static final int ID_BYTES = 32;

  private static final String[] QUALITIES =
      ("able agile amber ample brave breezy bright calm candid clear clever cosy crisp daring deft"
              + " eager early earnest easy fair fast fine firm fond frank free fresh gentle glad"
              + " golden good grand green happy hardy honest humble jolly keen kind light lively"
              + " loyal lucid lucky mellow merry mild modest neat noble open patient placid plain"
              + " polite proud prudent pure quick quiet ready regal robust royal sage serene sharp"
              + " shiny silent silver simple sleek smart smooth sober solid spry stable steady"
              + " still stout strong subtle sunny sure sweet swift tidy tranquil true upbeat valiant"
              + " vivid warm wise witty worthy young zesty")
          .split(" ");

  private static final String[] PEOPLE =
      ("abel agnesi ampere babbage banach bernoulli bohr boltzmann boole borel cantor carnot cauchy"
              + " celsius chandrasekhar chebyshev clausius codd cohn conway coulomb cramer curie"
              + " dalton dedekind descartes dijkstra diophantus dirac dirichlet erdos euclid euler"
              + " faraday fermat fermi feynman fibonacci fourier franklin frege fresnel galileo"
              + " galois gauss germain gibbs goedel goldbach hadamard hamilton heaviside helmholtz"
              + " herschel hertz hilbert hooke hopper huygens hypatia jacobi joule kelvin kepler"
              + " khayyam kirchhoff klein kovalevskaya kronecker kummer lagrange lamarr laplace"
              + " legendre leibniz lorentz lovelace mach maxwell meitner mendel merkle mersenne"
              + " minkowski moebius napier nernst newton noether ohm pascal pauli peano planck"
              + " poincare poisson ramanujan riemann roentgen rutherford shannon sierpinski snell"
              + " steiner stokes tarski tesla thales turing volta watt weber weierstrass wiles"
              + " zermelo")
          .split(" ");

  private final Randomness randomness;

  Names(Randomness randomness) {
    this.randomness = randomness;
  }

  /** A new id of 64 hexadecimal digits. */
  String id() {
    return HexFormat.of().formatHex(randomness.bytes(ID_BYTES));
  }

  /** A quality and a person, with a number after some attempts found their names taken. */
  String random(int attempt) {
    byte[] draw = randomness.bytes(6);
    String name =
        QUALITIES[number(draw, 0) % QUALITIES.length]
            + "_"
            + PEOPLE[number(draw, 2) % PEOPLE.length];
    return attempt < 4 ? name : name + number(draw, 4) % 10_000;
  }

  private static int number(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
  }

  /**
   * Drops a leading slash and checks the rest.
   *
   * @throws ApiException 400 in Docker's words
   */
  static String checked(String name) throws ApiException {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    if (!VALID.matcher(bare).matches()) {
      throw ApiException.badRequest(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    return bare;
  }
}
