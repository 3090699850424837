package dev.vitrine.protocol;

import dev.vitrine.protocol.SignalMessage.Answer;
import dev.vitrine.protocol.SignalMessage.Bye;
import dev.vitrine.protocol.SignalMessage.Candidate;
import dev.vitrine.protocol.SignalMessage.Failure;
import dev.vitrine.protocol.SignalMessage.FromBrowser;
import dev.vitrine.protocol.SignalMessage.FromRuntime;
import dev.vitrine.protocol.SignalMessage.Goodbye;
import dev.vitrine.protocol.SignalMessage.Offer;

/** Signalling messages to and from JSON. */
final class SignalCodec {

  private static final String WHAT = "signalling message";
  private static final int MAX_CANDIDATE_CHARS = 1024;
  private static final int MAX_MID_CHARS = 64;
  private static final int MAX_SECRET_CHARS = 256;
  private static final int MAX_SENTENCE_CHARS = 4096;

  private SignalCodec() {}

  static FromBrowser fromBrowser(String text) throws BadMessageException {
    var fields = Json.object(WHAT, text, SignalMessage.MAX_BYTES);
    return switch (type(fields)) {
      case "offer" -> new Offer(sdp(fields), fields.optionalText("resume", MAX_SECRET_CHARS));
      case "candidate" -> candidate(fields);
      case "goodbye" -> new Goodbye();
      default -> throw fields.bad("type", "must be one of offer, candidate, goodbye");
    };
  }

  static FromRuntime fromRuntime(String text) throws BadMessageException {
    var fields = Json.object(WHAT, text, SignalMessage.MAX_BYTES);
    return switch (type(fields)) {
      case "answer" -> new Answer(sdp(fields), fields.text("resume", MAX_SECRET_CHARS));
      case "candidate" -> candidate(fields);
      case "bye" -> new Bye(fields.text("reason", MAX_MID_CHARS), sentence(fields));
      case "error" -> new Failure(fields.oneOf("code", SignalCloseCode.class), sentence(fields));
      default -> throw fields.bad("type", "must be one of answer, candidate, bye, error");
    };
  }

  static String write(SignalMessage message) {
    var json = Json.newObject();
    json.put("type", type(message));
    if (message instanceof Candidate candidate) {
      // RTCIceCandidateInit tells null from absent; end of candidates is an explicit null.
      json.put("candidate", candidate.candidate());
    }
    json.setAll(Json.tree(message));
    return Json.text(json);
  }

  private static String type(SignalMessage message) {
    return switch (message) {
      case Offer _ -> "offer";
      case Answer _ -> "answer";
      case Candidate _ -> "candidate";
      case Goodbye _ -> "goodbye";
      case Bye _ -> "bye";
      case Failure _ -> "error";
    };
  }

  private static String type(Fields fields) throws BadMessageException {
    return fields.text("type", MAX_MID_CHARS);
  }

  private static String sdp(Fields fields) throws BadMessageException {
    var sdp = fields.text("sdp", SignalMessage.MAX_BYTES);
    if (!sdp.startsWith("v=0")) {
      throw fields.bad("sdp", "must be a session description that begins with v=0");
    }
    return sdp;
  }

  private static Candidate candidate(Fields fields) throws BadMessageException {
    return new Candidate(
        fields.optionalText("candidate", MAX_CANDIDATE_CHARS),
        fields.optionalText("sdpMid", MAX_MID_CHARS),
        fields.has("sdpMLineIndex") ? fields.smallInteger("sdpMLineIndex", 0, 255) : null);
  }

  private static String sentence(Fields fields) throws BadMessageException {
    return fields.text("message", MAX_SENTENCE_CHARS);
  }
}
