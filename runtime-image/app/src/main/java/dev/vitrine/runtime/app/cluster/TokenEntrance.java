package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.BadTokenException;
import dev.vitrine.protocol.ConnectToken;
import dev.vitrine.protocol.ConnectTokenVerifier;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SpentTokens;
import dev.vitrine.runtime.app.viewer.Entrance;
import java.time.InstantSource;
import java.util.Optional;

/** Lets in who has a connect token for this session, this pod and its user; each token once. */
public final class TokenEntrance implements Entrance {

  private static final int MOST_SPENT_TOKENS = 10_000;

  private final AssignmentDesk desk;
  private final InstantSource clock;
  private final SpentTokens spent;

  public TokenEntrance(AssignmentDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
    this.spent = new SpentTokens(MOST_SPENT_TOKENS, clock);
  }

  @Override
  public Optional<Refusal> refusalOf(Optional<String> token) {
    var assignment = desk.assignment();
    if (assignment.isEmpty()) {
      return Optional.of(
          new Refusal(
              SignalCloseCode.NOT_READY, "This pod has no session yet; try again in a moment."));
    }
    try {
      var compact =
          token.orElseThrow(
              () -> new BadTokenException("There is no connect token; ask the gateway for one."));
      return spend(compact, assignment.get());
    } catch (BadTokenException e) {
      return Optional.of(new Refusal(SignalCloseCode.BAD_TOKEN, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Refusal> spend(String compact, Assignment assignment) throws BadTokenException {
    ConnectToken token = new ConnectTokenVerifier(assignment.connectKeys(), clock).verify(compact);
    token.requireFor(assignment.session().uid(), assignment.podUid());
    if (!token.user().equals(assignment.user())) {
      return Optional.of(
          new Refusal(
              SignalCloseCode.FORBIDDEN, "This session is another user's; start one of your own."));
    }
    if (!spent.spend(token)) {
      throw new BadTokenException("The connect token was used before; ask for a new one.");
    }
    return Optional.empty();
  }
}
