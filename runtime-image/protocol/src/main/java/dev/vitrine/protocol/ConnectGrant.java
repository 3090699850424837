package dev.vitrine.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How to dial a session's runtime, once: what the gateway answers to whoever may.
 *
 * @param url of the signalling WebSocket
 * @param token a connect token in compact form: a secret, not to be logged
 * @param iceServers servers that help to find a way; often none
 * @param expiresAt when the token is no longer good
 */
public record ConnectGrant(URI url, String token, List<IceServer> iceServers, Instant expiresAt) {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_SERVERS = 16;

  public ConnectGrant {
    iceServers = List.copyOf(iceServers);
  }

  /** Reads a response's body. */
  public static ConnectGrant parse(String text) throws BadMessageException {
    var fields = Json.object("connect grant", text, MAX_BYTES);
    var servers = new ArrayList<IceServer>();
    for (var server : fields.objects("iceServers", MAX_SERVERS)) {
      servers.add(IceServer.read(server));
    }
    var expiresAt = fields.optionalTime("expiresAt");
    if (expiresAt == null) {
      throw new BadMessageException(
          "The connect grant has no `expiresAt`; it must be a time as in RFC 3339.");
    }
    return new ConnectGrant(address(fields), token(fields), servers, expiresAt);
  }

  /** This grant as a response's body. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }

  @Override
  public String toString() {
    return "ConnectGrant[" + url + "]";
  }

  private static URI address(Fields fields) throws BadMessageException {
    var expected = "must be an absolute ws or wss address";
    try {
      var url = new URI(fields.text("url", 2048));
      if (url.getHost() == null || !List.of("ws", "wss").contains(url.getScheme())) {
        throw fields.bad("url", expected);
      }
      return url;
    } catch (URISyntaxException e) {
      throw fields.bad("url", expected);
    }
  }

  /** It travels as a subprotocol, which has no room for anything else (RFC 7515, 3.1). */
  private static String token(Fields fields) throws BadMessageException {
    var token = fields.text("token", 16 * 1024);
    if (!token.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}")) {
      throw fields.bad("token", "must be a compact JWS");
    }
    return token;
  }
}
