package dev.vitrine.protocol;

/** A StreamSession object: where it is, and which one of that name. */
public record SessionName(String namespace, String name, String uid) {

  static SessionName read(Fields fields) throws BadMessageException {
    return new SessionName(
        fields.text("namespace", 63), fields.text("name", 253), fields.text("uid", 64));
  }
}
