package io.metanode.ledger.peers;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Puts TLS 1.3 with both ends' keys proved onto connections. Safe for use by many threads. */
final class PeerTls {

  private static final String VERSION = "TLSv1.3";

  private final SSLContext context;
  private final Predicate<Ed25519PublicKey> pinned;

  /**
   * @param pinned whether a key is a peer's, now
   */
  PeerTls(PrivateKeySigner identity, Predicate<Ed25519PublicKey> pinned) throws SigningException {
    this.pinned = pinned;
    try {
      context = SSLContext.getInstance(VERSION);
      context.init(
          new KeyManager[] {new OneKey(identity.forTls(), PeerCertificate.of(identity))},
          new TrustManager[] {new PinnedTrust(pinned)},
          null);
      // Each link proves its keys anew: a peer that was removed resumes nothing.
      for (SSLSessionContext sessions :
          List.of(context.getServerSessionContext(), context.getClientSessionContext())) {
        sessions.setSessionCacheSize(1);
        sessions.setSessionTimeout(1);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS 1.3", e);
    }
  }

  /** A connection whose other end proved its key. */
  record Proved(Ed25519PublicKey peer, SSLSocket socket) {}

  /**
   * Shakes hands. It blocks for as long as the other end wants: whoever calls it closes the raw
   * socket when it takes too long.
   *
   * @param dialled whether we connected, so are TLS's client
   */
  Proved handshake(Socket raw, boolean dialled) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
    socket.setUseClientMode(dialled);
    socket.setEnabledProtocols(new String[] {VERSION});
    socket.setNeedClientAuth(true);
    socket.startHandshake();
    Ed25519PublicKey peer =
        PeerCertificate.key(socket.getSession().getPeerCertificates()[0])
            .filter(pinned)
            .orElseThrow(() -> new ProtocolException("the key is no peer's"));
    return new Proved(peer, socket);
  }
}
