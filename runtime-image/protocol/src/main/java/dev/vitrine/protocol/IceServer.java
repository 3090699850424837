package dev.vitrine.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server, field by field as WebRTC's {@code RTCIceServer}.
 *
 * @param urls as in RFC 7064 and RFC 7065: {@code turn:host:3478?transport=udp}
 */
public record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {

  public IceServer {
    urls = List.copyOf(urls);
  }

  static IceServer read(Fields fields) throws BadMessageException {
    var urls = fields.texts("urls", 8, 512);
    for (var url : urls) {
      if (!url.matches("(stuns?|turns?):\\S+")) {
        throw fields.bad(
            "urls", "must hold addresses that begin with stun:, stuns:, turn:, turns:");
      }
    }
    return new IceServer(
        urls, fields.optionalText("username", 512), fields.optionalText("credential", 512));
  }

  @Override
  public String toString() {
    return "IceServer" + urls;
  }
}
