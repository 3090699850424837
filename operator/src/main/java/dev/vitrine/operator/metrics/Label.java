package dev.vitrine.operator.metrics;

/** What tells the series of a metric apart. Never a user, nor the name of a session. */
public enum Label {
  /** Not {@code namespace}: that is the scraped pod's own, to most scrapers. */
  APP_NAMESPACE("app_namespace", "the namespace of the app, which is its sessions' too"),
  APP("app", "the `StreamingApp`"),
  CLASS("class", "the `StreamClass`; empty where the session names none that exists"),
  STATE("state", "the reason of the session's condition `Ready`; `Pending` before it has one"),
  POD_STATE("state", "`ready`, `starting`, or `stuck` where no node has room"),
  REASON("reason", "the reason of the session's condition `Ended`"),
  SERVED("served", "whether a pod had accepted it: `yes` or `no`"),
  OUTCOME(
      "outcome",
      "`served`, `unserved` where it ended before a pod accepted it, `failed` where the app, its"
          + " pod or the GPU failed"),
  START("start", "`warm` on a pod that waited for it, `cold` on one that was made for it"),
  STAGE(
      "stage",
      "`line`: requested until it has a pod; `start`: until the pod has accepted it; `connect`:"
          + " until the viewer is connected; `picture`: until the first picture is sent"),
  ROLLOUT("reason", "the reason of the app's condition `RolloutComplete`"),
  RESOURCE("resource", "the resource's name, such as `nvidia.com/gpu`"),
  USE("use", "`session`, or `idle` while the pod waits for one"),
  SETUP(
      "outcome",
      "`Joined`, `Unreachable` where the pod does not answer, `Abandoned` where the browser went"
          + " first, or the word that the browser is refused with"),
  REPORT("outcome", "`accepted`, `refused` (the pod is at fault) or `failed` (the cluster is)");

  private final String word;
  private final String meaning;

  Label(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** As Prometheus has it. */
  public String word() {
    return word;
  }

  /** What its values are, in Markdown. */
  public String meaning() {
    return meaning;
  }
}
