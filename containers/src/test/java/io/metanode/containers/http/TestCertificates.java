package io.metanode.containers.http;

import io.metanode.containers.image.Commands;
import java.nio.file.Files;
import java.nio.file.Path;

/** Authorities and certificates made by openssl. */
public record TestCertificates(Path directory) {

  /** Makes an authority, {@code <name>.pem} and {@code <name>.key}. */
  public TestCertificates authority(String name) throws Exception {
    Commands.check(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-addext",
        "basicConstraints=critical,CA:TRUE",
        "-keyout",
        key(name).toString(),
        "-out",
        certificate(name).toString());
    return this;
  }

  /**
   * Makes a certificate.
   *
   * @param subject as openssl takes it, {@code /CN=…}
   * @param usage {@code serverAuth} or {@code clientAuth}
   * @param days how long it holds; negative for one that has ended
   */
  public TestCertificates issue(
      String name, String authority, String subject, String usage, int days) throws Exception {
    Path request = directory.resolve(name + ".csr");
    Path extensions = directory.resolve(name + ".ext");
    Commands.check(
        "openssl",
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        subject,
        "-keyout",
        key(name).toString(),
        "-out",
        request.toString());
    Files.writeString(
        extensions,
        "extendedKeyUsage=" + usage + "\nsubjectAltName=IP:127.0.0.1,DNS:" + name + ".example\n");
    if (days < 0) {
      // openssl before 3.2 cannot date a certificate into the past but in an authority's database.
      Path index = Files.writeString(directory.resolve(name + ".index"), "");
      Path config = directory.resolve(name + ".conf");
      Files.writeString(
          config,
          "[ca]\ndefault_ca=a\n[a]\ndatabase="
              + index
              + "\nnew_certs_dir="
              + directory
              + "\ndefault_md=sha256\nrand_serial=yes\npolicy=p\n[p]\ncommonName=supplied\n");
      Commands.check(
          "openssl",
          "ca",
          "-batch",
          "-notext",
          "-config",
          config.toString(),
          "-cert",
          certificate(authority).toString(),
          "-keyfile",
          key(authority).toString(),
          "-startdate",
          "20200101000000Z",
          "-enddate",
          "20200102000000Z",
          "-extfile",
          extensions.toString(),
          "-in",
          request.toString(),
          "-out",
          certificate(name).toString());
      return this;
    }
    Commands.check(
        "openssl",
        "x509",
        "-req",
        "-days",
        Integer.toString(days),
        "-CAcreateserial",
        "-CA",
        certificate(authority).toString(),
        "-CAkey",
        key(authority).toString(),
        "-extfile",
        extensions.toString(),
        "-in",
        request.toString(),
        "-out",
        certificate(name).toString());
    return this;
  }

  public Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  public Path key(String name) {
    return directory.resolve(name + ".key");
  }
}
