package dev.vitrine.protocol;

import java.util.List;
import java.util.Map;

/**
 * What makes a waiting pod one session's: the claims of a document that the controller signs.
 *
 * @param podUid the one pod that it is for
 * @param user empty for an anonymous one
 * @param parameters the app's, by name
 * @param announcedAddresses addresses at which the media port is reached from outside
 * @param connectKeys what signs connect tokens
 */
public record Assignment(
    String podUid,
    SessionName session,
    String user,
    Map<String, String> parameters,
    Lifetimes lifetimes,
    List<String> announcedAddresses,
    List<IceServer> iceServers,
    KeySet connectKeys) {

  /**
   * The longest signed document. 32 parameters of 1024 code points, as a StreamingApp can declare,
   * take little more than 256 KiB in JSON and base64 at most.
   */
  public static final int MAX_BYTES = 512 * 1024;

  static final String ISSUER = "vitrine-controller";
  static final int LIFETIME_SECONDS = 300;

  public Assignment {
    parameters = Map.copyOf(parameters);
    announcedAddresses = List.copyOf(announcedAddresses);
    iceServers = List.copyOf(iceServers);
  }
}
