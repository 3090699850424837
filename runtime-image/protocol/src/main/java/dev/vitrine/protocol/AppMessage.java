package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A text frame of the data channel {@code messages}: the envelope of the USD viewer's vocabulary.
 *
 * @param payload whatever the event's type says; owned by this message, not to be changed
 */
public record AppMessage(String eventType, ObjectNode payload) {

  /** The most that a frame may hold, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The beginning of the event types that the runtime itself defines. */
  public static final String OWN_PREFIX = "vitrine.";

  /** In the place of a request's event type where an extension fails without being asked. */
  public static final String EXTENSION = OWN_PREFIX + "extension";

  /** Reads one frame; an absent payload is an empty one. */
  public static AppMessage parse(String text) throws BadMessageException {
    var fields = Json.object("message", text, MAX_BYTES);
    var type = fields.text("event_type", 128);
    if (type.isBlank()) {
      throw fields.bad("event_type", "must not be empty");
    }
    var payload = fields.has("payload") ? fields.object("payload").object() : Json.newObject();
    return new AppMessage(type, payload);
  }

  /** This message as the text of a frame. */
  public String toJson() {
    var json = Json.newObject();
    json.put("event_type", eventType);
    json.set("payload", payload);
    return Json.text(json);
  }

  Fields fields() {
    return new Fields(eventType + " message's payload", payload);
  }
}
