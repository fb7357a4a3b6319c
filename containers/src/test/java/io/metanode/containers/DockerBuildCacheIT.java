package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.Json;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.receipts.SignedStatement;
import io.metanode.receipts.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What builds find again, and what is said of where images come from. */
class DockerBuildCacheIT extends BuildClient {

  @Test
  void findsWhatWasBuiltBefore() throws Exception {
    String dockerfile = "FROM bb\nENV N=1\nCOPY dir /d\nARG A=0\nRUN echo $A > /x\nCMD [\"x\"]\n";
    build(dockerfile, "-t", "cache", "--no-cache");
    String id = fixture.docker("inspect", "-f", "{{.Id}}", "cache");
    assertEquals(5, cached(build(dockerfile, "-t", "cache")));
    assertEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", "cache"));
    Commands.check("touch", "-d", "2001-01-01", context.resolve("dir/b.txt").toString());
    assertEquals(5, cached(build(dockerfile)));
    assertEquals(3, cached(build(dockerfile, "--build-arg", "A=1")));
    assertEquals(0, cached(build(dockerfile, "--no-cache", "-t", "cache")));
    assertNotEquals(id, fixture.docker("inspect", "-f", "{{.Id}}", "cache"));
    file("dir/b.txt", "changed");
    assertEquals(1, cached(build(dockerfile)));
    file("dir/b.txt", "b");
    Commands.check("chmod", "600", context.resolve("dir/b.txt").toString());
    assertEquals(1, cached(build(dockerfile)));
    Commands.check("chmod", "644", context.resolve("dir/b.txt").toString());
    fixture.reopen();
    assertEquals(5, cached(build(dockerfile)));
    String shown = fixture.docker("images", "-q");
    String all = fixture.docker("images", "-aq");
    assertTrue(all.lines().count() > shown.lines().count() + 3, all);
  }

  @Test
  void forgetsWhatIsPruned() throws Exception {
    String dockerfile = "FROM bb AS one\nRUN echo 1 > /f\nFROM bb\nCOPY --from=one /f /f\n";
    build(dockerfile, "-t", "pruned", "--no-cache");
    assertEquals(2, cached(build(dockerfile)));
    String said = fixture.docker("builder", "prune", "-f");
    assertTrue(said.contains("Total"), said);
    assertEquals("1", run("pruned", "cat /f"));
    assertEquals(1, cached(build(dockerfile, "-t", "pruned2")));
  }

  @Test
  void saysWhereAnImageComesFrom() throws Exception {
    build("FROM bb\nCOPY a.txt /\n", "-t", "stated", "--build-arg", "HTTP_PROXY=x");
    String envelope =
        Commands.check(
            "curl",
            "-sf",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "http://d/images/stated/provenance");
    SignedStatement signed = SignedStatement.read(envelope.getBytes(StandardCharsets.UTF_8));
    Path key = Files.writeString(context.resolve("key.pem"), fixture.signer().publicKey().pem());
    assertTrue(signed.isSignedBy(key));
    Path other = Files.writeString(context.resolve("other.pem"), anotherKey());
    assertFalse(signed.isSignedBy(other));
    JsonNode json = Json.MAPPER.readTree(signed.statement());
    assertEquals("https://slsa.dev/provenance/v1", json.path("predicateType").stringValue());
    String id = fixture.docker("inspect", "-f", "{{.Id}}", "stated");
    assertEquals(
        id, "sha256:" + json.at("/subject/0/digest/sha256").stringValue(), json.toString());
    JsonNode definition = json.at("/predicate/buildDefinition");
    assertEquals("x", definition.at("/externalParameters/buildArgs/HTTP_PROXY").stringValue());
    String base = fixture.docker("inspect", "-f", "{{.Id}}", "bb");
    assertEquals(
        base, "sha256:" + definition.at("/resolvedDependencies/2/digest/sha256").stringValue());
    Step receipt = fixture.receipts().since(Instant.EPOCH).getLast();
    assertEquals("image.build", receipt.operation());
    Map<String, String> named = new HashMap<>();
    receipt.subjects().forEach(one -> named.put(one.name(), one.digest().toString()));
    assertEquals(id, named.get("image/docker.io/library/stated:latest"));
    assertEquals(base, named.get("base/bb"));
    assertEquals(
        "sha256:" + definition.at("/resolvedDependencies/0/digest/sha256").stringValue(),
        named.get("dockerfile/Dockerfile"));
    assertEquals(
        "sha256:" + definition.at("/resolvedDependencies/1/digest/sha256").stringValue(),
        named.get("context"));
    assertEquals(
        Sha256.of(envelope.getBytes(StandardCharsets.UTF_8)).toString(),
        named.get("provenance/" + id));
    fixture.reopen();
    assertEquals(
        envelope,
        Commands.check(
            "curl",
            "-sf",
            "--unix-socket",
            fixture.engine().dockerSocket().toString(),
            "http://d/images/stated/provenance"));
  }

  private static String anotherKey() throws Exception {
    return io.metanode.crypto.PrivateKeySigner.generate(
            new io.metanode.foundation.SystemRandomness())
        .publicKey()
        .pem();
  }
}
