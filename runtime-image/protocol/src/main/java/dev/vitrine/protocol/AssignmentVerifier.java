package dev.vitrine.protocol;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads assignments that one of the given keys signed for this pod. */
public final class AssignmentVerifier {

  private final KeySet keys;
  private final String podUid;
  private final InstantSource clock;

  public AssignmentVerifier(KeySet keys, String podUid, InstantSource clock) {
    this.keys = keys;
    this.podUid = podUid;
    this.clock = clock;
  }

  /**
   * Reads one.
   *
   * @throws BadTokenException when it is not to be believed: signature, time, or another's pod
   * @throws BadMessageException when it makes no sense
   */
  public Assignment verify(String compact) throws BadTokenException, BadMessageException {
    var expected =
        new SignedClaims.Expectation(
            "assignment",
            Assignment.ISSUER,
            podUid,
            Assignment.MAX_BYTES,
            Assignment.LIFETIME_SECONDS);
    var claims = expected.verify(compact, keys, clock);
    return new Assignment(
        podUid,
        SessionName.read(claims.object("session")),
        claims.text("user", 512),
        claims.textByName("parameters", 64, 4096),
        Lifetimes.read(claims.object("lifetimes")),
        claims.texts("announcedAddresses", 16, 253),
        iceServers(claims),
        KeySet.read(claims.object("connectKeys")));
  }

  private static List<IceServer> iceServers(Fields claims) throws BadMessageException {
    var servers = new ArrayList<IceServer>();
    for (var fields : claims.objects("iceServers", 16)) {
      servers.add(IceServer.read(fields));
    }
    return servers;
  }
}
