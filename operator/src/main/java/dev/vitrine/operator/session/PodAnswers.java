package dev.vitrine.operator.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last answer to each call; the oldest go when there are too many. */
final class PodAnswers {

  private static final int MAX_ANSWERS = 10_000;

  private final Map<Call, PodAnswer> answers =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Call, PodAnswer> eldest) {
              return size() > MAX_ANSWERS;
            }
          });

  Optional<PodAnswer> to(Call call) {
    return Optional.ofNullable(answers.get(call));
  }

  void put(Call call, PodAnswer answer) {
    answers.put(call, answer);
  }
}
