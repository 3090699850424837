package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A text frame of the data channel {@code messages}: the envelope of the USD viewer's vocabulary.
 *
 * @param id says which request a reply belongs to; absent where nobody asks for that
 * @param payload whatever the event's type says; owned by this message, not to be changed
 */
public record AppMessage(String eventType, @Nullable String id, ObjectNode payload) {

  /** The most that a frame may hold, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The most characters of an id. */
  public static final int MAX_ID_CHARS = 64;

  /** The beginning of the event types that the runtime itself defines. */
  public static final String OWN_PREFIX = "vitrine.";

  /** In the place of a request's event type where an extension fails without being asked. */
  public static final String EXTENSION = OWN_PREFIX + "extension";

  /** The same where the stage's files were saved and cannot be shown. */
  public static final String STAGE = OWN_PREFIX + "stage";

  /** A message without an id. */
  public AppMessage(String eventType, ObjectNode payload) {
    this(eventType, null, payload);
  }

  /** Reads one frame; an absent payload is an empty one. */
  public static AppMessage parse(String text) throws BadMessageException {
    var fields = Json.object("message", text, MAX_BYTES);
    var type = fields.text("event_type", 128);
    if (type.isBlank()) {
      throw fields.bad("event_type", "must not be empty");
    }
    var id = fields.optionalText("id", MAX_ID_CHARS);
    if (id != null && id.isEmpty()) {
      throw fields.bad("id", "must not be empty");
    }
    var payload = fields.has("payload") ? fields.object("payload").object() : Json.newObject();
    return new AppMessage(type, id, payload);
  }

  /** This message as the text of a frame. */
  public String toJson() {
    var json = Json.newObject();
    json.put("event_type", eventType);
    if (id != null) {
      json.put("id", id);
    }
    json.set("payload", payload);
    return Json.text(json);
  }

  Fields fields() {
    return new Fields(eventType + " message's payload", payload);
  }
}
